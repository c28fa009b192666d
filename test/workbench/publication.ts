import { createRequire } from "node:module";
import path from "node:path";

/** What `publication.json` says; an empty text is not filled in yet. */
export interface Publication {
  readonly publisher: string;
  readonly repository: string;
  readonly bugs: string;
  readonly homepage: string;
  readonly qna: string | false;
}

/** What a publication is made of, as it lies in the repository. */
export interface PublicationFacts {
  readonly publication: Publication;
  readonly manifest: {
    readonly name: string;
    readonly publisher: string;
    readonly version: string;
    readonly license?: string;
    readonly preview?: boolean;
    readonly keywords?: readonly string[];
    readonly categories?: readonly string[];
  };
  readonly icon: Uint8Array | undefined;
  readonly license: string;
  /** Pages that are shown or linked, by their names. */
  readonly pages: Readonly<Record<string, string>>;
  /** Whether a path of the repository leads to a file or folder. */
  readonly exists: (file: string) => boolean;
  /** Files that name the extension's id, with the ids that they name. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

/** Scripts of the build are CommonJS, and stay as they are. */
const ofBuild = createRequire(path.resolve("package.json"))("./build/publication.js") as {
  readonly filesOf: (repository: string, version: string) => object | undefined;
  readonly isRelative: (link: string) => boolean;
};

/** Pixels that the marketplace wants of an icon's sides, at least. */
const ICON_SIDE = 128;

/** Keywords that the marketplace takes. */
const MAX_KEYWORDS = 30;

/** Categories of the marketplace: https://code.visualstudio.com/api/references/extension-manifest */
const CATEGORIES = new Set([
  ...["Programming Languages", "Snippets", "Linters", "Themes", "Debuggers", "Formatters", "Keymaps", "SCM Providers"],
  ...["Other", "Extension Packs", "Language Packs", "Data Science", "Machine Learning", "Visualization", "Notebooks"],
  ...["Education", "Testing", "AI", "Chat"],
]);

/** What nobody leaves in a page for good. */
const PLACEHOLDER =
  /\b(?:TODO|FIXME|TBD|PLACEHOLDER|your-(?:publisher|org|repository|name))\b|<(?:your|owner|publisher|address)\b[^>\n]*>|\{\{[^}\n]*\}\}/g;

/** The pages that the marketplace shows. */
const SHOWN = ["README.md", "CHANGELOG.md"];

/**
 * What is missing or not valid before a publication.
 *
 * @returns a line each, none when all is there
 */
export function publicationFaults(facts: PublicationFacts): readonly string[] {
  return [
    ...addressFaults(facts),
    ...manifestFaults(facts),
    ...changelogFaults(facts.pages["CHANGELOG.md"] ?? "", facts.manifest.version),
    ...Object.entries(facts.pages).flatMap(([name, text]) => pageFaults(name, text, facts.exists)),
  ];
}

/** The fields of `publication.json` that are not filled in. */
export function unfilled(publication: Publication): readonly string[] {
  return Object.entries(publication)
    .filter(([, value]) => value === "")
    .map(([name]) => name);
}

function addressFaults({ publication, manifest, ids }: PublicationFacts): readonly string[] {
  const { publisher, repository, bugs, homepage, qna } = publication;
  const id = `${manifest.publisher}.${manifest.name}`;
  return [
    ...unfilled(publication).map((name) => `publication.json: ${name} is empty`),
    ...(publisher !== "" && publisher !== manifest.publisher
      ? [`package.json: publisher is ${manifest.publisher}, and ${publisher} in publication.json`]
      : []),
    ...Object.entries(ids).flatMap(([file, named]) =>
      named.filter((other) => other !== id).map((other) => `${file}: names ${other}, and the extension is ${id}`),
    ),
    ...(repository !== "" && ofBuild.filesOf(repository, manifest.version) === undefined
      ? ["publication.json: repository is to be https://github.com/OWNER/NAME, or the like at gitlab.com"]
      : []),
    ...Object.entries({ bugs, homepage })
      .filter(([, address]) => address !== "" && !isHttps(address))
      .map(([name]) => `publication.json: ${name} is not an https address`),
    ...(qna !== "" && qna !== false && qna !== "marketplace" && !isHttps(qna)
      ? ['publication.json: qna is to be an https address, "marketplace" or false']
      : []),
  ];
}

function isHttps(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === "https:" && new URL(address).hostname.includes(".");
}

function manifestFaults({ manifest, icon, license }: PublicationFacts): readonly string[] {
  const { categories = [], keywords = [], version } = manifest;
  return [
    ...iconFaults(icon),
    ...(categories.length === 0 ? ["package.json: has no category"] : []),
    ...categories
      .filter((name) => !CATEGORIES.has(name))
      .map((name) => `package.json: the marketplace has no category ${name}`),
    ...(keywords.length > MAX_KEYWORDS ? [`package.json: has more than ${MAX_KEYWORDS} keywords`] : []),
    ...(manifest.license === undefined || !license.startsWith(`${manifest.license} License\n`)
      ? [`LICENSE: is not the licence ${manifest.license ?? "(none)"} of package.json`]
      : []),
    ...(version.startsWith("0.") !== (manifest.preview === true)
      ? [`package.json: versions below 1 are previews, and only these; this is ${version}`]
      : []),
  ];
}

/** Of a PNG: its signature, then width and height as the first fields of the chunk IHDR. */
function iconFaults(icon: Uint8Array | undefined): readonly string[] {
  const bytes = Buffer.from(icon ?? []);
  if (bytes.subarray(1, 4).toString("latin1") !== "PNG" || bytes.length < 24)
    return ["package.json: icon is not a PNG that is there"];
  const sides = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (sides.every((side) => side >= ICON_SIDE)) return [];
  return [`package.json: icon has ${sides.join(" × ")} pixels, and ${ICON_SIDE} are wanted`];
}

function changelogFaults(changelog: string, version: string): readonly string[] {
  const sections = changelog.split(/^## /m).slice(1);
  const unreleased = sections.find((section) => section.startsWith("[Unreleased]"));
  const [newest, older] = sections.flatMap(
    (section) => /^\[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}\n/.exec(section)?.[1] ?? [],
  );
  return [
    ...(unreleased !== undefined && unreleased.split("\n").slice(1).join("").trim() !== ""
      ? ["CHANGELOG.md: what stands below Unreleased belongs to no version yet"]
      : []),
    ...(newest !== version ? [`CHANGELOG.md: its newest section is ${newest ?? "missing"}, not ${version}`] : []),
    ...(older !== undefined && newest !== undefined && !isNewer(newest, older)
      ? [`CHANGELOG.md: ${newest} is not newer than ${older} below it`]
      : []),
  ];
}

function isNewer(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) > 0;
}

function pageFaults(name: string, text: string, exists: (file: string) => boolean): readonly string[] {
  const links = [...text.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)];
  const pictures = links.filter(([, sign]) => sign === "!").map(([, , link = ""]) => link);
  const files = links
    .map(([, , link = ""]) => link)
    .filter((link) => ofBuild.isRelative(link))
    .map((link) => link.replace(/#.*$/, ""));
  const shown = SHOWN.includes(name);
  return [
    ...[...new Set(text.match(PLACEHOLDER))].map((found) => `${name}: a placeholder is left: ${found}`),
    ...(shown ? pictures.filter((link) => /\.svgz?(?:[?#]|$)/i.test(link)) : []).map(
      (link) => `${name}: the marketplace shows no SVG: ${link}`,
    ),
    ...(shown ? pictures.filter((link) => !ofBuild.isRelative(link) && !isHttps(link)) : []).map(
      (link) => `${name}: a picture is not at an https address: ${link}`,
    ),
    ...files
      .filter((link) => !exists(path.posix.join(path.posix.dirname(name), link)))
      .map((link) => `${name}: leads to ${link}, which is not there`),
  ];
}
