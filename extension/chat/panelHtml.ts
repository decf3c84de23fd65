/** Decoding of videos, larger previews, and their three dimensions. */
export const LAZY_SCRIPTS = ['video', 'viewer', 'cloud'] as const;

/** What the page needs to name its resources; all of it comes from the webview that shows it. */
export interface PanelResources {
  /** The source that the webview's own files come from. */
  cspSource: string;
  scriptUri: string;
  /** Bundles that are loaded when they are needed, by name. */
  lazyScriptUris?: Readonly<Record<string, string>>;
  styleUri: string;
  /** Of the body, for a page that is laid out another way. */
  bodyClass?: string;
  /** Fresh for each page. */
  nonce: string;
  /** A BCP 47 tag; English where absent. */
  language?: string;
  /** English text to its translation. */
  strings?: Record<string, string>;
}

/** The chat panel's page: nothing remote, no inline script or style, one script by nonce. */
export function panelHtml({
  cspSource,
  scriptUri,
  lazyScriptUris = {},
  styleUri,
  bodyClass,
  nonce,
  language = 'en',
  strings,
}: PanelResources): string {
  const lazy = Object.entries(lazyScriptUris).map(([name, uri]) => ` data-${name}-script="${uri}"`);
  const translations = strings === undefined ? '' : ` data-strings="${escapeAttribute(JSON.stringify(strings))}"`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(cspSource, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${styleUri}">
<title>OneLens</title>
</head>
<body${bodyClass === undefined ? '' : ` class="${bodyClass}"`}>
<main id="app"${lazy.join('')}${translations}></main>
<script nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
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
