import { readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import path from "node:path";
import { openStorage, type Storage } from "../../../src/storage/storage";

/** What version 0.1.0 wrote; its README says how. */
export const WRITTEN = path.join("test", "fixtures", "version-0.1.0");

/** An order as version 0.1.0 folded it. */
export interface FormerOrder {
  readonly id: string;
  readonly ca: string;
  readonly account?: string;
  readonly asked?: { readonly at: number };
  readonly held: readonly { readonly leaf: string; readonly chain: readonly string[]; readonly serialNumber: string }[];
}

/** What version 0.1.0 said of the folder that it wrote. */
export interface Former {
  /** Epoch ms. */
  readonly madeAt: number;
  readonly names: Readonly<Record<string, string>>;
  readonly book: {
    readonly orders: readonly FormerOrder[];
    readonly accounts: readonly { readonly id: string; readonly label: string }[];
    readonly paused: boolean;
  };
  readonly logins: readonly { readonly key: string }[];
  /** `due`: when it would have asked next with the default settings, epoch ms. */
  readonly rows: readonly { readonly id: string; readonly group: string; readonly archived: boolean; due?: number }[];
  readonly documents: readonly string[];
  readonly globalState: Readonly<Record<string, unknown>>;
  readonly workspaceState: Readonly<Record<string, unknown>>;
  readonly keyring: Readonly<Record<string, string>>;
}

/** A file of it. @param root the folder of the sources, for whoever runs elsewhere */
export const written = (name: string, root = ""): string => readFileSync(path.join(root, WRITTEN, name), "utf8");
export const writtenJson = <T>(name: string, root = ""): T => JSON.parse(written(name, root)) as T;

export const former = (root = ""): Former => writtenJson<Former>("as-read-by-0.1.0.json", root);

/** Opens a copy of the storage that version 0.1.0 wrote. */
export async function openWritten(folder: string): Promise<Storage> {
  await cp(path.join(WRITTEN, "globalStorage"), folder, { recursive: true });
  return openStorage(folder);
}
