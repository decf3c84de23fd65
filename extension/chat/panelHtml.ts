/** What the page needs to name its resources; all of it comes from the webview that shows it. */
export interface PanelResources {
  /** The source that the webview's own files come from. */
  cspSource: string;
  scriptUri: string;
  styleUri: string;
  /** Fresh for each page. */
  nonce: string;
}

/** The chat panel's page: nothing remote, no inline script or style, one script by nonce. */
export function panelHtml({ cspSource, scriptUri, styleUri, nonce }: PanelResources): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(cspSource, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${styleUri}">
<title>OneLens</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>
`;
}

export function contentSecurityPolicy(cspSource: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    `media-src ${cspSource} blob:`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
