import type { CertificatesInFile } from "../../reading/file-certificates";
import type { CollectedCertificate, OrderId } from "../../orders/model/order";
import type { Localize } from "../../words/localize";

/** What a file holds that would be replaced by another one: see {@link heldBy}. */
export type Held = "older" | "rewritten" | "authorities" | "newer" | "stranger" | "text";

/** A file that an order file names, and what saving would do to it. */
export interface FilePlan {
  /** As the order file has it. */
  readonly path: string;
  readonly change: "create" | "keep" | Held;
}

/** An order that a repository lists with files, and what stands in the way of saving these. */
export interface OrderPlan {
  /** For a person: what the order is called, and what the CA knows it by. */
  readonly title: string;
  readonly number: string;
  /** Absent for an order that is not tracked. */
  readonly order?: OrderId;
  readonly paths: readonly string[];
  /** Empty if nothing is collected, or the files cannot be written. */
  readonly files: readonly FilePlan[];
  /** Why there is nothing to save yet: a state in words. */
  readonly waits?: string;
  /** Whether the CA may be asked about it now. */
  readonly isDue?: boolean;
  /** Why its files cannot be written: a sentence. */
  readonly obstacle?: string;
  /** Reasons to look at the certificate before it is used, a sentence each. */
  readonly concerns: readonly string[];
}

/**
 * How an order stands, by what can be done. `ready`: files are made, or replace what this order had there. `look`: a
 * person should look first, since something else is in the way or the certificate is doubtful. `same`: its files are
 * there already.
 */
export type CollectStanding = "ready" | "look" | "same" | "waiting" | "untracked" | "blocked";

/** What a person may lose where it is replaced. */
const IN_THE_WAY: ReadonlySet<FilePlan["change"]> = new Set<Held>(["newer", "stranger", "text"]);

export function standingOf({ order, waits, obstacle, files, concerns }: OrderPlan): CollectStanding {
  if (order === undefined) return "untracked";
  if (waits !== undefined) return "waiting";
  if (obstacle !== undefined) return "blocked";
  if (files.every(({ change }) => change === "keep")) return "same";
  return concerns.length > 0 || files.some(({ change }) => IN_THE_WAY.has(change)) ? "look" : "ready";
}

/** Whether an order can be chosen. */
export const isSavable = (standing: CollectStanding): boolean =>
  standing === "ready" || standing === "look" || standing === "same";

/**
 * What a file holds that is not what would be written. `older`: an earlier certificate of the order, or for the same
 * names. `rewritten`: the same certificates in other text. `authorities`: certificates of CAs alone. `newer`: one for
 * the same names that ends later. `stranger`: another certificate, or several. `text`: anything else.
 * @param collected the order's, newest first
 */
export function heldBy(file: CertificatesInFile, collected: readonly CollectedCertificate[]): Held {
  const { hashes, leaves } = file;
  const [newest] = collected;
  if (hashes.length === 0 || newest === undefined) return "text";
  const areIn = (known: readonly string[]): boolean => hashes.every((each) => known.includes(each));
  if (areIn(newest.chain)) return "rewritten";
  if (areIn(collected.flatMap(({ chain }) => chain))) return "older";
  const [leaf, ...others] = leaves;
  if (leaf === undefined) return "authorities";
  if (others.length > 0 || leaf.notAfter === undefined || !areSame(leaf.names, newest.names)) return "stranger";
  return leaf.notAfter > newest.notAfter ? "newer" : "older";
}

/** Of a collected certificate, only the first names are known. */
function areSame(inFile: readonly string[], known: readonly string[]): boolean {
  const [one, other] = [inFile.slice(0, known.length), known].map((names) => [...names].sort().join("\n"));
  return known.length > 0 && one === other;
}

/**
 * Paths that more than one order names, in lower case: a file has room for one certificate, and file systems take some
 * names for the same one.
 */
export function repeatedPaths(paths: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(paths.map((path) => path.toLowerCase()).filter((path) => seen.size === seen.add(path).size));
}

/** What saving does to the files of an order, or why there is nothing to save: a line. */
export function planWords(plan: OrderPlan, localize: Localize): string {
  switch (standingOf(plan)) {
    case "untracked":
      return localize("Not tracked: track it in the file first.");
    case "waiting":
      return localize("Nothing is collected: {0}", plan.waits ?? "");
    case "blocked":
      return plan.obstacle ?? "";
    case "ready":
    case "look":
    case "same":
      return [...plan.concerns, ...plan.files.map((file) => fileWords(file, localize))].join(" · ");
  }
}

function fileWords({ path, change }: FilePlan, localize: Localize): string {
  switch (change) {
    case "create":
      return localize("{0}: new file", path);
    case "keep":
      return localize("{0}: up to date", path);
    case "older":
      return localize("{0}: has the previous certificate", path);
    case "rewritten":
      return localize("{0}: has the same certificate, written differently", path);
    case "authorities":
      return localize("{0}: has other CA certificates", path);
    case "newer":
      return localize("{0}: has a newer certificate", path);
    case "stranger":
      return localize("{0}: has a certificate for something else", path);
    case "text":
      return localize("{0}: has something that is not a certificate", path);
  }
}
