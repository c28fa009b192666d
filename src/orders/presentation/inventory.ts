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

/** A file with what other files and the orders say of it. */
export interface InventoryFile extends Omit<ReadFile, "keys"> {
  readonly standing: FileStanding;
  /** Paths of other files with the same certificate. */
  readonly twins: readonly string[];
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
  const byLeaf = new Map<string, ReadFile[]>();
  const byKey = new Map<string, string[]>();
  const called = new Map<string, number>();
  for (const file of files) {
    for (const key of file.keys) byKey.set(key, [...(byKey.get(key) ?? []), file.path]);
    const { facts } = file;
    if (facts.kind !== "certificate") continue;
    byLeaf.set(facts.leaf, [...(byLeaf.get(facts.leaf) ?? []), file]);
    called.set(facts.name, (called.get(facts.name) ?? 0) + 1);
  }
  const sections = new Map<InventorySection, InventoryFile[]>(INVENTORY_SECTIONS.map((each) => [each, []]));
  for (const { uri, path, facts } of files) {
    if (facts.kind === "other") continue;
    const certificate = facts.kind === "certificate" ? facts : undefined;
    const twins = certificate === undefined ? [] : (byLeaf.get(certificate.leaf) ?? []);
    const keys = certificate === undefined ? [] : (byKey.get(certificate.keyIdentity) ?? []);
    const key = nearest(keys, path);
    const file: InventoryFile = {
      ...{ uri, path, facts, standing: held.standingOf(uri, facts) },
      twins: twins.filter((twin) => twin.uri !== uri).map((twin) => twin.path),
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

/** Of the files with a key: the file itself, one beside it, any. */
function nearest(paths: readonly string[], path: string): string | undefined {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const beside = (other: string): boolean => other.startsWith(folder) && !other.slice(folder.length).includes("/");
  return paths.find((each) => each === path) ?? paths.find(beside) ?? paths[0];
}
