import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { WorkbenchError } from "./workbench-error";

/** The file in a package that names what others wrote of it. */
export const NOTICES = "ThirdPartyNotices.txt";

/** The packages: the list of what is in each, as the build leaves it in `out`, and its notices, as they are kept. */
export const PACKAGES = [
  { bundled: "bundled.json", notices: NOTICES },
  { bundled: "bundled.web.json", notices: "ThirdPartyNotices.web.txt" },
] as const;

/** Licences that let us ship what is under them, with their text. SPDX identifiers. */
const ALLOWED = new Set(["MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "ISC"]);

/** What is in the package without being a package of npm; the text of its licence is in `notices/`. */
const OTHERS: readonly (Omit<Notice, "text"> & { readonly name: string })[] = [
  ["CTLogs-AcceptedRoots", "MIT"],
  ["ca_certificate_lists", "MIT"],
  ["cfssl_trust", "BSD-2-Clause"],
  ["@postalsys/vmc", "MIT"],
].map(([name = "", license = ""]) => ({ name, license, heading: `${name}, of which CA certificates were taken` }));

const OPENING = `Third-party notices

Certificate Collector contains what is named below. With each name stand its version, the licence under which it is
used, and the texts that its authors ship.

The CA certificates that it knows are published by the CAs for anyone to use. Some were taken from collections with
licences of their own: those with a text are below; others came from Mozilla's certdata.txt by way of Debian's
ca-certificates (MPL-2.0, in the sources of NSS) and from the tests of OpenSSL (Apache-2.0).
`;

interface Notice {
  readonly heading: string;
  readonly license: string;
  readonly text: string;
}

/**
 * The notices for what is bundled; the same for the same packages.
 *
 * @param root folder of the sources, with `notices/` in it
 * @param files paths below it of all files that are in what was built
 * @throws WorkbenchError `command-failed` when a licence is not one of those we may ship, or its text is missing
 */
export function thirdPartyNotices(root: string, files: readonly string[]): string {
  const packages = bundledPackages(files).map((folder) => noticeOfPackage(root, folder));
  const others = OTHERS.map(({ name, ...other }) => ({ ...other, text: keptText(root, name) ?? "" }));
  const faults: string[] = [];
  // Many packages have the same text, which stands below all of their names.
  const named = new Map<string, string[]>();
  for (const { heading, license, text } of [...packages, ...others]) {
    const used = allowedOf(license);
    if (used === undefined) faults.push(`${heading} is under ${license}, which is not allowed`);
    if (text === "") faults.push(`${heading} has no text of its licence: put it into notices/`);
    named.set(text, [...(named.get(text) ?? []), `${heading}\n${used}`]);
  }
  if (faults.length > 0) throw new WorkbenchError("command-failed", faults.join("\n"));
  const entries = [...named].map(
    ([text, names]) => `${"=".repeat(80)}\n${names.join("\n")}\n${"-".repeat(80)}\n${text}`,
  );
  return [OPENING, ...entries].join("\n");
}

/** What stands above the texts of each package that files are of: name and version. */
export function headingsOf(root: string, files: readonly string[]): string[] {
  return bundledPackages(files).map((folder) => noticeOfPackage(root, folder).heading);
}

/** The folders of packages that files are of, a package inside another's too, by name. */
function bundledPackages(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

function noticeOfPackage(root: string, folder: string): Notice {
  const { name, version, license } = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
    readonly license?: unknown;
  };
  const names = readdirSync(path.join(root, folder)).filter((file) =>
    /^(licen[cs]e|copying|copyright|notice)/i.test(file),
  );
  const texts = names.sort().map((file) => tidy(readFileSync(path.join(root, folder, file), "utf8")));
  return {
    heading: `${name} ${version}`,
    license: typeof license === "string" ? license : "no licence",
    text: texts.length > 0 ? texts.join("\n") : (keptText(root, name) ?? ""),
  };
}

/** The licence to use of an SPDX expression: the first allowed one of alternatives. `undefined` when there is none. */
function allowedOf(expression: string): string | undefined {
  const alternatives = expression.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return alternatives.find((license) => license.split(" AND ").every((each) => ALLOWED.has(each)));
}

/** A text that we keep since its owner's package lacks it. */
function keptText(root: string, name: string): string | undefined {
  const file = `${name.replace("/", "+")}.txt`;
  const folder = path.join(root, "notices");
  return readdirSync(folder).includes(file) ? tidy(readFileSync(path.join(folder, file), "utf8")) : undefined;
}

function tidy(text: string): string {
  return `${text
    .replaceAll(/[^\S\n]*\r?\n/g, "\n")
    .replace(/^\ufeff/, "")
    .trim()}\n`;
}
