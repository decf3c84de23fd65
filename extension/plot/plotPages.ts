import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PlotDataResult } from '../../daemon/protocol/messages';
import type { FromPlotPage } from '../../daemon/protocol/panelMessages';
import { pageLanguage } from '../chat/pageLanguage';
import { panelHtml } from '../chat/panelHtml';
import { openPlotData } from './openPlotData';

/** Pages that show plots with what was read in them; one a plot, the same one when it is read again. */
export class PlotPages {
  private readonly open = new Map<string, { panel: vscode.WebviewPanel; result: PlotDataResult }>();

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** Shows `result`, which came with its picture, in the active column. */
  show(uri: vscode.Uri, result: PlotDataResult): void {
    const key = uri.toString();
    const known = this.open.get(key);
    if (known) {
      known.result = result;
      known.panel.reveal(undefined, true);
      this.send(uri, known);
      return;
    }
    const name = uri.path.split('/').at(-1) ?? key;
    const panel = vscode.window.createWebviewPanel(
      'onelens.plot',
      vscode.l10n.t('Data: {0}', name),
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [this.root],
      },
    );
    const page = { panel, result };
    this.open.set(key, page);
    panel.onDidDispose(() => this.open.delete(key));
    panel.webview.onDidReceiveMessage((message: FromPlotPage) => this.receive(uri, page, message));
    panel.webview.html = this.html(panel.webview);
  }

  private get root(): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
  }

  private html(webview: vscode.Webview): string {
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.root, name)).toString();
    return panelHtml({
      ...pageLanguage(),
      cspSource: webview.cspSource,
      scriptUri: resource('plot.js'),
      styleUri: resource('main.css'),
      nonce: randomBytes(16).toString('hex'),
      bodyClass: 'plot-page',
    });
  }

  private send(uri: vscode.Uri, { panel, result }: { panel: vscode.WebviewPanel; result: PlotDataResult }): void {
    void panel.webview.postMessage({ type: 'plot', name: uri.path.split('/').at(-1) ?? '', result });
  }

  private receive(
    uri: vscode.Uri,
    page: { panel: vscode.WebviewPanel; result: PlotDataResult },
    message: FromPlotPage,
  ): void {
    const { csv, data } = page.result;
    const actions: Record<FromPlotPage['type'], () => unknown> = {
      ready: () => this.send(uri, page),
      openCsv: () => openPlotData(uri, csv, 'csv'),
      openJson: () => openPlotData(uri, `${JSON.stringify(data, undefined, 2)}\n`, 'json'),
      copyCsv: () => vscode.env.clipboard.writeText(csv),
    };
    actions[message.type]?.();
  }
}
