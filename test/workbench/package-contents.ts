import { NOTICES } from "./notices";

/** What is read when an extension starts; `esbuild.js` puts all of it into this one file. */
export const START = "extension/dist/extension.js";

/** All that the package of the desktop may hold. */
export const ALLOWED: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls(\.[a-z-]+)?)?|telemetry)\.json$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/(LICENSE|ThirdPartyNotices)\.txt$/,
  /^extension\/dist\/data\/[a-z-]+\.br$/,
  /^extension\/dist\/languages\/(?:keys|[a-z-]+\.br)$/,
  /^extension\/dist\/[\w-]+\.js$/,
  /^extension\/dist\/webview\/[\w-]+\.js$/,
  /^extension\/media\/[\w/.-]+\.(css|md|png|schema\.json|svg)$/,
  /^extension\/media\/pem\/[\w-]+(\.tmLanguage)?\.json$/,
];

/** All that the one for the web may hold: no program of a thread, no telemetry, no order files. */
export const ALLOWED_IN_BROWSER: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^extension\/readme\.md$/,
  /^extension\/(LICENSE|ThirdPartyNotices)\.txt$/,
  /^extension\/l10n\/bundle\.l10n\.[a-z-]+\.json$/,
  /^extension\/dist\/(extension|reader|webview\/details)\.js$/,
  /^extension\/media\/(icon\.png|activity-bar\.svg|details\.css|details\/(light|dark)\.svg)$/,
  /^extension\/media\/pem\/[\w-]+(\.tmLanguage)?\.(json|svg)$/,
];

/** Without these it would install and not work. */
const REQUIRED = ["extension/package.json", "extension/package.nls.json", `extension/${NOTICES}`, START];

/** What a package holds and must not, and what it lacks, a line each. @param names of its files, without folders */
export function contentFaults(names: readonly string[], allowed: readonly RegExp[]): readonly string[] {
  return [
    ...names
      .filter((name) => !allowed.some((pattern) => pattern.test(name)))
      .map((name) => `must not be in it: ${name}`),
    ...REQUIRED.filter((name) => !names.includes(name)).map((name) => `is not in it: ${name}`),
  ];
}
