// Makes both packages as they are published and looks into them: `node out/test/workbench/check-package.js`. The build
// stays, so that the lanes after it test what ships: minifying once broke what no other build showed.
import { readFileSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { mustRun } from "./command";
import { runMain } from "./main";
import { headingsOf, NOTICES, PACKAGES, thirdPartyNotices } from "./notices";
import { npmRun } from "./npm-run";
import { ALLOWED, ALLOWED_IN_BROWSER, contentFaults, START } from "./package-contents";
import { unfilled } from "./publication";
import { readPublication } from "./publication-facts";
import { WorkbenchError } from "./workbench-error";

const ROOT = path.resolve(__dirname, "..", "..", "..");

/** ms. */
const PACKAGE_LIMIT_MS = 5 * 60_000;

/** What a package may hold and must not exceed. */
interface Budget {
  readonly script: string;
  readonly vsix: string;
  /** Bytes of the package, and of what is read when it starts. */
  readonly size: number;
  readonly start: number;
  readonly allowed: readonly RegExp[];
  readonly of: (typeof PACKAGES)[number];
}

const DESKTOP: Budget = {
  ...{ script: "package", vsix: "certificate-collector.vsix", size: 850_000, start: 60_000 },
  ...{ allowed: ALLOWED, of: PACKAGES[0] },
};
const WEB: Budget = {
  ...{ script: "package:web", vsix: "certificate-collector-web.vsix", size: 500_000, start: 80_000 },
  ...{ allowed: ALLOWED_IN_BROWSER, of: PACKAGES[1] },
};

async function checkPackages(): Promise<number> {
  for (const budget of [DESKTOP, WEB]) await checkPackage(budget);
  const lacking = unfilled(readPublication(ROOT));
  if (lacking.length > 0)
    console.log(`publication.json lacks ${lacking.join(", ")}; "npm run check:publication" says what else`);
  return 0;
}

async function checkPackage({ script, vsix, size, start: startLimit, allowed, of }: Budget): Promise<void> {
  const [command, ...args] = npmRun(script);
  const said = await mustRun(command, args, PACKAGE_LIMIT_MS, { cwd: ROOT });
  const bundled = JSON.parse(readFileSync(path.join(ROOT, "out", of.bundled), "utf8")) as string[];
  const bytes = readFileSync(path.join(ROOT, "out", vsix));
  const files = unzipSync(bytes, { filter: ({ name }) => !name.endsWith("/") });
  const names = Object.keys(files);
  const start = files[START]?.length ?? 0;
  const faults = [
    ...said.split("\n").filter((line) => /\bWARNING\b/.test(line)),
    ...contentFaults(names, allowed),
    ...noticeFaults(ROOT, bundled, of.notices, files[`extension/${NOTICES}`]),
    ...(start > startLimit ? [`reads ${start} bytes when it starts, more than ${startLimit}`] : []),
    ...(bytes.length > size ? [`has ${bytes.length} bytes, more than ${size}`] : []),
  ];
  if (faults.length > 0)
    throw new WorkbenchError("command-failed", `${vsix} is not as it should be:\n${faults.join("\n")}`);
  console.log(`${vsix}: ${names.length} files, ${bytes.length} bytes; ${start} bytes are read at start`);
}

/** What the notices of third parties lack of what was built for the package. */
function noticeFaults(root: string, bundled: readonly string[], kept: string, file: Uint8Array | undefined): string[] {
  const notices = Buffer.from(file ?? []).toString();
  if (file === undefined || notices === thirdPartyNotices(root, bundled)) return [];
  const lines = new Set(notices.split("\n"));
  const lacking = headingsOf(root, bundled).filter((heading) => !lines.has(heading));
  return [`${kept} is not current: run "npm run notices"`, ...lacking.map((heading) => `${kept} lacks ${heading}`)];
}

runMain(checkPackages);
