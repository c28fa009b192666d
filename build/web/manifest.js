// The manifest of the package for the web, made from that of the desktop: what works in a browser, and no more.

const PREFIX = "certificateCollector.";

/** The commands that a browser has; `src/web/extension.ts` lists the same. */
const COMMANDS = ["showFileDetails", "compareFile", "saveAs", "copySelection"].map((name) => PREFIX + name);

const VIEW = `${PREFIX}orders`;

/** Endings of files with certificates to compare or export: keys and archives of others have none. */
const CERTIFICATES = "resourceExtname =~ /^\\.(pem|crt|cer|cert|der|p7b|p7c|p7s|p7m|spc|ca-bundle|eml)$/i";
const IN_PAGE = `activeCustomEditorId =~ /^certificateCollector\\./`;

/** Places of the commands that the desktop shows elsewhere, or in other cases. */
const MENUS = {
  "explorer/context": [
    { command: `${PREFIX}compareFile`, when: `!explorerResourceIsFolder && ${CERTIFICATES}`, group: "navigation@61" },
    { command: `${PREFIX}saveAs`, when: `!explorerResourceIsFolder && ${CERTIFICATES}`, group: "navigation@62" },
  ],
  "editor/title": [
    { command: `${PREFIX}compareFile`, when: `resourceLangId == pem || ${IN_PAGE}` },
    { command: `${PREFIX}saveAs`, when: `resourceLangId == pem || ${IN_PAGE}` },
  ],
  commandPalette: [{ command: `${PREFIX}copySelection`, when: "false" }],
};

/**
 * @param {Record<string, any>} desktop `package.json`
 * @returns {Record<string, any>} the manifest for the web
 */
function webManifest(desktop) {
  const { name, displayName, version, publisher, license, pricing, preview, galleryBanner, ...rest } = desktop;
  const { categories, keywords, engines, icon, contributes } = rest;
  const kept = (/** @type {{ command: string }} */ { command }) => COMMANDS.includes(command);
  const ofDesktop = (/** @type {string} */ menu) =>
    (contributes.menus[menu] ?? []).filter(
      (/** @type {any} */ item) => item.command === `${PREFIX}showFileDetails` || menu === "webview/context",
    );
  return {
    name,
    displayName,
    description: "%web.description%",
    version,
    publisher,
    license,
    pricing,
    preview,
    galleryBanner,
    categories,
    keywords,
    engines,
    browser: "./dist/extension.js",
    l10n: "./l10n",
    icon,
    activationEvents: ["onUri"],
    capabilities: { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true },
    contributes: {
      viewsContainers: contributes.viewsContainers,
      views: { certificateCollector: contributes.views.certificateCollector.filter(({ id }) => id === VIEW) },
      viewsWelcome: [{ view: VIEW, contents: "%web.welcome%" }],
      commands: contributes.commands.filter(kept).map(({ command, title, category }) => ({
        command,
        title: command === `${PREFIX}saveAs` ? "%web.export%" : title,
        category,
      })),
      menus: {
        "explorer/context": [...ofDesktop("explorer/context"), ...MENUS["explorer/context"]],
        "editor/title": [...ofDesktop("editor/title"), ...MENUS["editor/title"]],
        "webview/context": ofDesktop("webview/context").filter(kept),
        commandPalette: MENUS.commandPalette,
      },
      languages: contributes.languages,
      grammars: contributes.grammars,
      customEditors: contributes.customEditors,
    },
  };
}

/**
 * Of the manifest's texts, those that a manifest names.
 * @param {object} manifest
 * @param {Record<string, string>} texts
 */
function textsOf(manifest, texts) {
  const used = new Set([...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key));
  return Object.fromEntries(Object.entries(texts).filter(([key]) => used.has(key)));
}

/**
 * Of the translations, those whose English text stands in the code: a browser gets no others.
 * @param {string} code as esbuild prints it
 * @param {Record<string, string>} translations by their English texts
 */
function textsSaid(code, translations) {
  const plain = code
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\([^a-z0-9])/gi, "$1");
  return Object.fromEntries(Object.entries(translations).filter(([english]) => plain.includes(english)));
}

module.exports = { COMMANDS, textsOf, textsSaid, webManifest };
