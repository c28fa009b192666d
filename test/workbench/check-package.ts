// Makes the package as it is published and looks into it: `node out/test/workbench/check-package.js`. The build stays,
// so that the lanes after it test what ships: minifying once broke what no other build showed.
import { readFileSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { mustRun } from "./command";
import { runMain } from "./main";
import { headingsOf, NOTICES, thirdPartyNotices } from "./notices";
import { npmRun } from "./npm-run";
import { WorkbenchError } from "./workbench-error";

/** Size of the package at most, bytes. */
const SIZE_LIMIT = 750_000;

/** What is read when the extension starts, bytes; `esbuild.js` puts all of it into this one file. */
const START_LIMIT = 60_000;
const START = "extension/dist/extension.js";

/** ms. */
const PACKAGE_LIMIT_MS = 5 * 60_000;

/** All that a package may hold. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls(\.[a-z-]+)?)?|telemetry)\.json$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/(LICENSE|ThirdPartyNotices)\.txt$/,
  /^extension\/dist\/languages\/(?:keys|[a-z-]+\.br)$/,
  /^extension\/dist\/[\w-]+\.js$/,
  /^extension\/dist\/webview\/[\w-]+\.js$/,
  /^extension\/media\/[\w/.-]+\.(css|md|png|schema\.json|svg)$/,
  /^extension\/media\/pem\/[\w-]+(\.tmLanguage)?\.json$/,
];

/** Without these it would install and not work. */
const REQUIRED = ["extension/package.json", "extension/package.nls.json", `extension/${NOTICES}`, START];

async function checkPackage(): Promise<number> {
  const root = path.resolve(__dirname, "..", "..", "..");
  const [command, ...args] = npmRun("package");
  const said = await mustRun(command, args, PACKAGE_LIMIT_MS, { cwd: root });
  const bundled = JSON.parse(readFileSync(path.join(root, "out", "bundled.json"), "utf8")) as string[];
  const bytes = readFileSync(path.join(root, "out", "certificate-collector.vsix"));
  const files = unzipSync(bytes, { filter: ({ name }) => !name.endsWith("/") });
  const names = Object.keys(files);
  const start = files[START]?.length ?? 0;
  const faults = [
    ...said.split("\n").filter((line) => /\bWARNING\b/.test(line)),
    ...names
      .filter((name) => !ALLOWED.some((pattern) => pattern.test(name)))
      .map((name) => `must not be in it: ${name}`),
    ...REQUIRED.filter((name) => !names.includes(name)).map((name) => `is not in it: ${name}`),
    ...noticeFaults(root, bundled, files[`extension/${NOTICES}`]),
    ...(start > START_LIMIT ? [`reads ${start} bytes when it starts, more than ${START_LIMIT}`] : []),
    ...(bytes.length > SIZE_LIMIT ? [`has ${bytes.length} bytes, more than ${SIZE_LIMIT}`] : []),
  ];
  if (faults.length > 0)
    throw new WorkbenchError("command-failed", `The package is not as it should be:\n${faults.join("\n")}`);
  console.log(`${names.length} files, ${bytes.length} bytes, ${start} of them read at start`);
  return 0;
}

/** What the notices of third parties lack of what was built for the package. */
function noticeFaults(root: string, bundled: readonly string[], file: Uint8Array | undefined): string[] {
  const notices = Buffer.from(file ?? []).toString();
  if (file === undefined || notices === thirdPartyNotices(root, bundled)) return [];
  const lines = new Set(notices.split("\n"));
  const lacking = headingsOf(root, bundled).filter((heading) => !lines.has(heading));
  return [
    `${NOTICES} is not current: run "npm run notices"`,
    ...lacking.map((heading) => `${NOTICES} lacks ${heading}`),
  ];
}

runMain(checkPackage);
