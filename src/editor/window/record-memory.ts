import { isRecord, list, oneOf, optional, record, text, textLike, time, variants, type Shape } from "../../shape/shape";
import type { DomainLook, SeenBefore } from "../../validation/look";
import type { TokenToFind } from "../../validation/request-token";
import type { ChosenRequest } from "../../validation/subject";
import { isDomainLook } from "./look-shape";
import { inPlaceAt } from "../../validation/record-standing";

/** What is remembered of the records for an order or a file. Contains no secrets: all of it is public in the DNS. */
export interface KeptRecords {
  /** When it was written last. Epoch ms. */
  readonly at: number;
  /** What a person chose; absent until then. */
  readonly request?: KeptRequest;
  /** The last look at each domain. */
  readonly looks: readonly DomainLook[];
  /** Whom the last look asked, and from where: for a person. */
  readonly asked?: string;
  /** When a domain's record or file was last seen in place. */
  readonly inPlace: readonly SeenInPlace[];
}

export type KeptRequest = Omit<ChosenRequest, "served">;

export interface SeenInPlace extends SeenBefore {
  readonly domain: string;
}

/** What the editor keeps for a workspace. */
export interface KeptState {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = "validationRecords";

/** Orders and files that are remembered; the ones that were written longest ago go first. */
const MAX_SUBJECTS = 40;

/** Domains of one of them. */
const MAX_LOOKS = 250;

/** Characters, as JSON, of the looks at one order: what each server said is left out of what is longer. */
const MAX_JSON = 48 * 1024;

const MAX_URI = 16_384;

const isToken: Shape<TokenToFind> = record<TokenToFind>({
  md5: textLike(/^[0-9a-f]{32}$/, 32),
  sha256: textLike(/^[0-9a-f]{64}$/, 64),
  uniqueValue: optional(textLike(/^[0-9A-Za-z]{1,20}$/, 20)),
});

const isRequest = record<KeptRequest>({
  token: isToken,
  from: variants<KeptRequest["from"], "kind">("kind", {
    file: record<Extract<KeptRequest["from"], { readonly kind: "file" }>>({
      kind: oneOf("file"),
      uri: text(MAX_URI),
      name: text(MAX_URI),
    }),
    pasted: record<Extract<KeptRequest["from"], { readonly kind: "pasted" }>>({ kind: oneOf("pasted") }),
  }),
});

const isKept = record<KeptRecords>({
  at: time,
  request: optional(isRequest),
  looks: list(isDomainLook, MAX_LOOKS),
  asked: optional(text(1_000)),
  inPlace: list(
    record<SeenInPlace>({ domain: text(300), by: oneOf("cname", "file"), place: text(2_048), at: time }),
    MAX_LOOKS,
  ),
});

/** Which request was chosen for orders and files of this workspace, and what the last looks saw. */
export class RecordMemory {
  private readonly known: Map<string, KeptRecords>;

  constructor(private readonly state: KeptState) {
    const found = state.get(KEY);
    const entries = Array.isArray(found) ? (found as readonly unknown[]).slice(0, MAX_SUBJECTS) : [];
    this.known = new Map(entries.flatMap(readEntry));
  }

  get(key: string): KeptRecords | undefined {
    return this.known.get(key);
  }

  /** Every order and file that is remembered. */
  get keys(): readonly string[] {
    return [...this.known.keys()];
  }

  set(key: string, kept: KeptRecords): void {
    this.known.delete(key);
    this.known.set(key, bounded(kept));
    for (const oldest of this.keys.slice(0, -MAX_SUBJECTS)) this.known.delete(oldest);
    this.write();
  }

  /** Forgets those of which `isGone` says so. */
  forget(isGone: (key: string) => boolean): void {
    const gone = this.keys.filter(isGone);
    for (const key of gone) this.known.delete(key);
    if (gone.length > 0) this.write();
  }

  private write(): void {
    void this.state.update(KEY, [...this.known]);
  }
}

/** What is remembered, with newer looks at some of its domains. */
export function withLooks(kept: KeptRecords | undefined, ended: readonly DomainLook[]): Omit<KeptRecords, "at"> {
  const { looks = [], inPlace = [], request } = kept ?? {};
  const now = new Set(ended.map(({ domain }) => domain));
  const there = ended.flatMap((look) => {
    const seen = inPlaceAt(look);
    return seen === undefined ? [] : [{ domain: look.domain, ...seen, at: look.at }];
  });
  return {
    looks: [...looks.filter(({ domain }) => !now.has(domain)), ...ended],
    inPlace: [...inPlace.filter(({ domain }) => !there.some((each) => each.domain === domain)), ...there],
    ...(request !== undefined && { request }),
  };
}

/** One look that is damaged takes away neither the others nor the person's choice. */
function readEntry(entry: unknown): readonly [string, KeptRecords][] {
  if (!Array.isArray(entry)) return [];
  const [key, found] = entry as readonly unknown[];
  if (typeof key !== "string" || !isRecord(found)) return [];
  const looks = Array.isArray(found.looks) ? (found.looks as readonly unknown[]).slice(0, MAX_LOOKS) : [];
  const kept: unknown = { ...found, looks: looks.filter((look) => isDomainLook(look)) };
  return isKept(kept) ? [[key, kept]] : [];
}

/** As much as is kept: of very many answers, or ones of a size that is not read back, only what they come to. */
function bounded(kept: KeptRecords): KeptRecords {
  let left = MAX_JSON;
  const looks = kept.looks.slice(0, MAX_LOOKS).map((look) => {
    left -= JSON.stringify(look).length;
    return left >= 0 && isDomainLook(look) ? look : inShort(look);
  });
  return { ...kept, looks: looks.filter((look) => isDomainLook(look)), inPlace: kept.inPlace.slice(0, MAX_LOOKS) };
}

function inShort({ cname, file, caa, ...look }: DomainLook): DomainLook {
  return {
    ...look,
    ...(cname !== undefined && { cname: { ...cname, seen: [] } }),
    ...(file !== undefined && { file: { ...file, seen: [] } }),
    caa: { ...caa, records: [], servers: [], conditions: [] },
    findings: look.findings.slice(0, 1),
  };
}
