import type { FileFacts } from "../model/certificate-file";
import { HeldCertificates, type FileStanding } from "../model/file-standing";
import type { Order } from "../model/order";

/** A file of the workspace, and what was read of it. */
export interface ReadFile {
  readonly uri: string;
  /** For a person: the path in the workspace. */
  readonly path: string;
  readonly facts: FileFacts;
  /** Of the private keys in it: the hashes of their public halves. */
  readonly keys: readonly string[];
}

/** Files with the same certificate: one object for all of them, since there may be thousands. */
interface Copies {
  readonly count: number;
  /** As many as are named, and one more, which may be the file itself. */
  readonly first: readonly Pick<ReadFile, "uri" | "path">[];
}

/** Copies of a file that are named. */
export const MAX_TWINS = 10;

/** A file with what other files and the orders say of it. */
export interface InventoryFile extends Omit<ReadFile, "keys"> {
  readonly standing: FileStanding;
  /** All files with its certificate, itself among them; absent without a certificate. */
  readonly copies?: Copies;
  /** Path of a file with its private key. */
  readonly key?: string;
  /** Other files' rows are called like its own. */
  readonly isAlike: boolean;
}

/** The headings, in the order of what to do. */
export const INVENTORY_SECTIONS = ["older", "expired", "valid", "authorities", "unreadable"] as const;
export type InventorySection = (typeof INVENTORY_SECTIONS)[number];

/** Files below their headings, those that end first at the top. Headings without files are left out. */
export type Inventory = ReadonlyMap<InventorySection, readonly InventoryFile[]>;

/**
 * What is in files that were read, beside the orders. Files of other things than certificates are left out.
 * @param now epoch ms
 */
export function takeInventory(files: readonly ReadFile[], orders: Iterable<Order>, now: number): Inventory {
  const held = new HeldCertificates(orders);
  const byLeaf = new Map<string, { count: number; first: ReadFile[] }>();
  const keys = new KeyPaths();
  const called = new Map<string, number>();
  for (const file of files) {
    for (const key of file.keys) keys.add(key, file.path);
    const { facts } = file;
    if (facts.kind !== "certificate") continue;
    const copies = byLeaf.get(facts.leaf) ?? { count: 0, first: [] };
    byLeaf.set(facts.leaf, copies);
    if (copies.count++ <= MAX_TWINS) copies.first.push(file);
    called.set(facts.name, (called.get(facts.name) ?? 0) + 1);
  }
  const sections = new Map<InventorySection, InventoryFile[]>(INVENTORY_SECTIONS.map((each) => [each, []]));
  for (const { uri, path, facts } of files) {
    if (facts.kind === "other") continue;
    const certificate = facts.kind === "certificate" ? facts : undefined;
    const copies = certificate && byLeaf.get(certificate.leaf);
    const key = certificate && keys.nearest(certificate.keyIdentity, path);
    const file: InventoryFile = {
      ...{ uri, path, facts, standing: held.standingOf(uri, facts) },
      ...(copies !== undefined && { copies }),
      ...(key !== undefined && { key }),
      isAlike: certificate !== undefined && (called.get(certificate.name) ?? 0) > 1,
    };
    sections.get(sectionOf(file, now))?.push(file);
  }
  for (const [section, list] of sections) {
    if (list.length === 0) sections.delete(section);
    else list.sort((a, b) => endOf(a) - endOf(b) || (a.path < b.path ? -1 : 1));
  }
  return sections;
}

function sectionOf({ facts, standing }: InventoryFile, now: number): InventorySection {
  if (standing.kind === "older") return "older";
  if (facts.kind !== "certificate") return facts.kind === "locked" ? "valid" : "unreadable";
  if (facts.notAfter !== undefined && facts.notAfter < now) return "expired";
  return facts.isCa ? "authorities" : "valid";
}

/** Without an end that is known, after all others. */
const endOf = ({ facts }: InventoryFile): number =>
  facts.kind === "certificate" ? (facts.notAfter ?? Number.MAX_VALUE) : Number.MAX_VALUE;

/** Which files have a private key: the first of all, the first of each folder, and each. */
class KeyPaths {
  private readonly paths = new Map<string, string>();

  add(key: string, path: string): void {
    for (const name of namesOf(key, path)) if (!this.paths.has(name)) this.paths.set(name, path);
  }

  /** The file itself, else one beside it, else any. */
  nearest(key: string, path: string): string | undefined {
    for (const name of namesOf(key, path)) {
      const found = this.paths.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Paths have neither an empty name nor a slash at the end, as the one of a folder has here. */
const namesOf = (key: string, path: string): readonly string[] => [
  `${key} ${path}`,
  `${key} ${path.slice(0, path.lastIndexOf("/") + 1)}/`,
  key,
];
