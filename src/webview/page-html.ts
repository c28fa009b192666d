export interface PageHtml {
  /** `Webview.cspSource` */
  readonly cspSource: string;
  /** At least 128 random bits in base64, new for each page. */
  readonly nonce: string;
  /** Addresses of `dist/webview/details.js` and `media/details.css` from `Webview.asWebviewUri`. */
  readonly script: string;
  readonly style: string;
  /** BCP 47 tag of the user's language. */
  readonly locale: string;
  readonly title: string;
}

/**
 * The document of the details page. It may run our script, load our style sheet and show embedded pictures, but not
 * access the network.
 */
export function pageHtml(page: PageHtml): string {
  const policy = [
    "default-src 'none'",
    `style-src ${page.cspSource}`,
    `script-src 'nonce-${page.nonce}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${attribute(page.locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(page.title)}</title>
<link rel="stylesheet" href="${attribute(page.style)}">
</head>
<body>
<script nonce="${attribute(page.nonce)}" src="${attribute(page.script)}"></script>
</body>
</html>
`;
}

function attribute(value: string): string {
  return value.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
