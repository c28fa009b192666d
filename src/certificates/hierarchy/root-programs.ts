import type { Certificate } from "../x509/certificate";

/** What a root is trusted for. Root programs decide on each apart. */
export type TrustPurpose = "tls" | "mail";

/** When the trust of a root program in a root ends. */
export interface TrustEnd {
  /** "Mozilla" */
  readonly program: string;
  readonly purpose: TrustPurpose;
  /**
   * `until`: from that day on, no certificate below the root is trusted. `issued`: those that were issued after that
   * day are not; earlier ones stay trusted.
   */
  readonly kind: "until" | "issued";
  /** "2027-04-15", in UTC. */
  readonly date: string;
  readonly source: FactSource;
}

/** Where a fact is published. */
export interface FactSource {
  readonly title: string;
  readonly address: string;
  /** The day on which it was read, "2026-11-28". */
  readonly read: string;
}

/** A fact in words, with its source. */
interface SourcedWords {
  readonly words: string;
  readonly source: FactSource;
}

/** What is published about a root. */
export interface RootFacts {
  readonly ends: readonly TrustEnd[];
  /** Which clients have it, from which version on, or since when. */
  readonly since: readonly SourcedWords[];
  readonly notes: readonly SourcedWords[];
}

/** The contents of the data file. */
interface ProgramsFile {
  /** Title, address, and the day it was read. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  readonly roots: readonly {
    /** More than one where a CA issued several certificates for itself. */
    readonly sha256: readonly string[];
    /** Program, purpose, kind, date, source. */
    readonly ends?: readonly (readonly string[])[];
    /** Words, source. */
    readonly since?: readonly (readonly string[])[];
    readonly notes?: readonly (readonly string[])[];
  }[];
}

/** What root programs and the CAs published about public roots. */
export class RootPrograms {
  private readonly facts = new Map<string, RootFacts>();

  constructor({ sources, roots }: ProgramsFile) {
    const source = (id = ""): FactSource => {
      const [title = "", address = "", read = ""] = sources[id] ?? [];
      return { title, address, read };
    };
    const worded = (list: readonly (readonly string[])[] = []): readonly SourcedWords[] =>
      list.map(([words = "", id]) => ({ words, source: source(id) }));
    for (const { sha256, ends = [], since, notes } of roots) {
      const facts: RootFacts = {
        ends: ends.map(([program = "", purpose, kind, date = "", id]) => ({
          program,
          purpose: purpose === "mail" ? "mail" : "tls",
          kind: kind === "issued" ? "issued" : "until",
          date,
          source: source(id),
        })),
        since: worded(since),
        notes: worded(notes),
      };
      for (const each of sha256) this.facts.set(each, facts);
    }
  }

  of({ fingerprints }: Certificate): RootFacts | undefined {
    return this.facts.get(fingerprints.sha256);
  }
}

/** The facts that ship with the program, read on first use. `data/root-programs.md` says how they were found. */
export async function loadRootPrograms(): Promise<RootPrograms> {
  const { default: file } = await import("../data/root-programs.json");
  return new RootPrograms(file);
}
