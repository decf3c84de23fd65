/** What the page needs to name its resources; all of it comes from the webview that shows it. */
export interface PanelResources {
  /** The source that the webview's own files come from. */
  cspSource: string;
  scriptUri: string;
  /** The bundle that decodes videos, loaded when it is needed. */
  videoScriptUri?: string;
  styleUri: string;
  /** Of the body, for a page that is laid out another way. */
  bodyClass?: string;
  /** Fresh for each page. */
  nonce: string;
}

/** The chat panel's page: nothing remote, no inline script or style, one script by nonce. */
export function panelHtml({
  cspSource,
  scriptUri,
  videoScriptUri,
  styleUri,
  bodyClass,
  nonce,
}: PanelResources): string {
  const video = videoScriptUri === undefined ? '' : ` data-video-script="${videoScriptUri}"`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(cspSource, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${styleUri}">
<title>OneLens</title>
</head>
<body${bodyClass === undefined ? '' : ` class="${bodyClass}"`}>
<main id="app"${video}></main>
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
