import * as vscode from 'vscode';

/** The settings of `package.json`, read afresh at each use. The only reader of settings. */
export class Config {
  /** '' where OneLens looks for a Node itself. */
  get nodePath(): string {
    return this.text('nodePath');
  }

  /** '' for the platform's data folder. */
  get home(): string {
    return this.text('home');
  }

  /** undefined for the model in use. */
  get model(): string | undefined {
    return this.text('model') || undefined;
  }

  get maxTokens(): number | undefined {
    return this.number('maxTokens');
  }

  get temperature(): number | undefined {
    return this.number('temperature');
  }

  /** The globs of `files.exclude` and `search.exclude` that hold for this folder whatever lies beside a file. */
  excludes(scope: vscode.Uri): string[] {
    const globs = ['files', 'search'].map((section) =>
      vscode.workspace.getConfiguration(section, scope).get<Record<string, unknown>>('exclude'),
    );
    return Object.entries(Object.assign({}, ...globs)).flatMap(([glob, on]) => (on === true ? [glob] : []));
  }

  /** Whether images without an alt text are marked. */
  get altTextHints(): boolean {
    return vscode.workspace.getConfiguration('onelens').get<boolean>('altText.hints') === true;
  }

  private text(key: string): string {
    return String(vscode.workspace.getConfiguration('onelens').get<string>(key) ?? '').trim();
  }

  private number(key: string): number | undefined {
    const value = vscode.workspace.getConfiguration('onelens').get<number | null>(key);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  }
}

/** Every key that `Config` reads; a contract test holds it equal to `package.json`. */
export const SETTING_KEYS = ['nodePath', 'home', 'model', 'maxTokens', 'temperature', 'altText.hints'] as const;
