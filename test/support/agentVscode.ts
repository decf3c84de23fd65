import { posix } from 'node:path';
import { vi } from 'vitest';

/**
 * The part of `vscode` that extension/agents stands on, for `vi.mock('vscode', agentVscode)`. The file system is a list of
 * paths; nothing of the editor's behaviour is imitated beyond that.
 */
export function agentVscode() {
  class Uri {
    private constructor(
      readonly scheme: string,
      readonly path: string,
    ) {}
    static file = (path: string) => new Uri('file', path);
    static parse(text: string) {
      const match = /^([a-z][a-z0-9+.-]*):(?:\/\/[^/]*)?(.*)$/i.exec(text);
      if (!match) throw new Error(`no scheme in ${text}`);
      return new Uri(match[1]!, decodeURIComponent(match[2]!));
    }
    static joinPath = (uri: Uri, ...parts: string[]) => uri.with({ path: posix.join(uri.path, ...parts) });
    get fsPath() {
      return this.path;
    }
    with({ scheme = this.scheme, path = this.path }: { scheme?: string; path?: string }) {
      return new Uri(scheme, path);
    }
    toString() {
      return `${this.scheme}://${this.path}`;
    }
  }
  class MarkdownString {
    value = '';
    appendText(text: string) {
      this.value += text;
      return this;
    }
    appendMarkdown(text: string) {
      this.value += text;
      return this;
    }
  }
  class Location {
    constructor(
      readonly uri: Uri,
      readonly range: unknown,
    ) {}
  }
  class ChatRequestTurn {
    constructor(
      readonly prompt: string,
      readonly references: unknown[],
    ) {}
  }
  class LanguageModelTextPart {
    constructor(readonly value: string) {}
  }
  class LanguageModelToolResult {
    constructor(readonly content: LanguageModelTextPart[]) {}
  }
  class CancellationError extends Error {}
  class FileSystemError extends Error {}
  class EventEmitter {
    readonly listeners: Array<() => void> = [];
    event = (listener: () => void) => {
      this.listeners.push(listener);
      return { dispose: () => {} };
    };
    fire() {
      for (const listener of this.listeners) listener();
    }
    dispose() {}
  }
  class ThemeIcon {
    constructor(readonly id: string) {}
  }
  const files = new Map<string, string>();
  const workspace = {
    workspaceFolders: [] as Array<{ uri: Uri; name: string }>,
    getWorkspaceFolder: (uri: Uri) =>
      workspace.workspaceFolders.find((folder) => `${uri.path}/`.startsWith(`${folder.uri.path}/`)),
    fs: {
      stat: async (uri: Uri) => {
        if (!files.has(uri.path)) throw new FileSystemError(`no ${uri.path}`);
        return { type: 1, size: files.get(uri.path)!.length };
      },
      readFile: async (uri: Uri) => Buffer.from(files.get(uri.path) ?? ''),
    },
    openTextDocument: async (uri: Uri) => ({ getText: () => files.get(uri.path) ?? '' }),
    isTrusted: true,
    onDidGrantWorkspaceTrust: vi.fn(() => ({ dispose: () => {} })),
    asRelativePath: (uri: Uri) => {
      const folder = workspace.getWorkspaceFolder(uri);
      return folder ? `${folder.name}${uri.path.slice(folder.uri.path.length)}` : uri.path;
    },
    onDidChangeConfiguration: vi.fn(() => ({ dispose: () => {} })),
    getConfiguration: () => ({ get: () => undefined }),
  };
  return {
    Uri,
    MarkdownString,
    Location,
    ChatRequestTurn,
    LanguageModelTextPart,
    LanguageModelToolResult,
    CancellationError,
    FileSystemError,
    EventEmitter,
    ThemeIcon,
    FileType: { File: 1, Directory: 2 },
    TabInputText: class {},
    TabInputCustom: class {},
    TabInputTextDiff: class {},
    l10n: {
      t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, i) => String(args[Number(i)])),
    },
    window: { tabGroups: { activeTabGroup: { activeTab: undefined as { input: unknown } | undefined } } },
    env: { remoteName: undefined },
    workspace,
    /** Paths and contents of the files that are there. */
    files,
    lm: undefined as object | undefined,
    chat: undefined as object | undefined,
    McpStdioServerDefinition: undefined as unknown,
  };
}

export type AgentVscode = ReturnType<typeof agentVscode>;

/** A token that a test cancels. */
export function tokenSource() {
  const listeners: Array<() => void> = [];
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void) => {
      listeners.push(listener);
      return { dispose: () => {} };
    },
  };
  return {
    token,
    cancel: () => {
      token.isCancellationRequested = true;
      for (const listener of listeners) listener();
    },
  };
}
