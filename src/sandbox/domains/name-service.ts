import { belongsTo, type ZoneQuery, type ZoneAnswer, type Zones } from "./zones";

/** How the DNS of a domain can behave. */
export type DnsManner =
  | "well"
  /** As if the domain were not registered. */
  | "nxdomain"
  | "servfail"
  | "refused"
  | "notimp"
  | "formerr"
  /** No answer at all. */
  | "silent"
  /** Answers that nobody can read. */
  | "garbage"
  /** Answers over UDP say "cut": the whole is to be had over TCP. */
  | "truncated"
  /** The same, and TCP is closed without an answer. */
  | "cut"
  /** Signed well: the resolver says so. */
  | "signed"
  /** Signed badly: the resolver answers only with CD. */
  | "bogus"
  /** What is published is seen inside the network only, not by the servers of the zone. */
  | "internal";

/** A question as it came, without its packet. */
export interface NameQuestion {
  readonly name: string;
  readonly type: string;
  /** RD: a resolver is asked. Without it, a server of the zone. */
  readonly recursion: boolean;
  /** CD. */
  readonly checkingDisabled: boolean;
}

/** How a question is answered. */
export type NameAnswer = { readonly kind: "silent" } | { readonly kind: "garbage" } | NameAnswered;

export interface NameAnswered extends ZoneAnswer {
  readonly kind: "answer";
  readonly isAuthoritative: boolean;
  readonly isAuthenticated: boolean;
  /** `flagged`: cut over UDP; `closed`: and over TCP, the connection is closed. */
  readonly cut?: "flagged" | "closed";
}

interface Behaviour {
  readonly manner: DnsManner;
  /** Only of questions for this type, if given. */
  readonly type: string | undefined;
}

/** Domains that may have one. */
const MAX_SWITCHES = 500;

const NOTHING = { records: [], authority: [], isAuthenticated: false } as const;

const CODES: Readonly<Partial<Record<DnsManner, ZoneAnswer["code"]>>> = {
  servfail: "SERVFAIL",
  refused: "REFUSED",
  notimp: "NOTIMP",
  formerr: "FORMERR",
};

/** A resolver and the servers of all zones in one, with a switch per domain. */
export class NameService {
  private readonly behaviours = new Map<string, Behaviour>();

  constructor(readonly zones: Zones) {}

  /**
   * @param type if questions for one type alone are to be answered so
   * @returns false where there are too many switches
   */
  behave(domain: string, manner: DnsManner, type?: string): boolean {
    const name = domain.toLowerCase();
    if (manner === "well") this.behaviours.delete(name);
    else if (this.behaviours.size >= MAX_SWITCHES && !this.behaviours.has(name)) return false;
    else this.behaviours.set(name, { manner, type });
    return true;
  }

  /** Makes a domain and everything below it what it was at the start. */
  restore(domain: string): void {
    for (const each of [...this.behaviours.keys()]) if (belongsTo(each, domain)) this.behaviours.delete(each);
    this.zones.restore(domain);
  }

  answer(question: NameQuestion): NameAnswer {
    const { name, type, recursion } = question;
    const manner = this.mannerOf(name, type);
    if (manner === "silent" || manner === "garbage") return { kind: manner };
    const isKnown = this.zones.apexOf(name) !== undefined;
    const isAuthoritative = !recursion && isKnown;
    const said = { kind: "answer", isAuthoritative } as const;
    if (!recursion && !isKnown) return { ...said, ...NOTHING, code: "REFUSED" };
    const broken = manner === "bogus" && recursion && !question.checkingDisabled ? "SERVFAIL" : CODES[manner];
    if (broken !== undefined) return { ...said, ...NOTHING, isAuthoritative: false, code: broken };
    if (manner === "nxdomain") return { ...said, ...NOTHING, ...this.zones.nothing };
    const seesPublished = recursion || manner !== "internal";
    return {
      ...said,
      ...this.zones.find(name, type, { follows: recursion, seesPublished }),
      isAuthenticated: recursion && manner === "signed",
      ...(manner === "truncated" && { cut: "flagged" as const }),
      ...(manner === "cut" && { cut: "closed" as const }),
    };
  }

  /** What the world sees, the CA above all; undefined where it gets no answer that it may use. */
  seenByAll(name: string, type: string): ZoneAnswer | undefined {
    const manner = this.mannerOf(name, type);
    if (UNUSABLE.has(manner)) return undefined;
    if (manner === "nxdomain") return this.zones.nothing;
    const asking: ZoneQuery = { follows: true, seesPublished: manner !== "internal" };
    return this.zones.find(name, type, asking);
  }

  /** The switch of the nearest domain. */
  private mannerOf(name: string, type: string): DnsManner {
    const labels = name.toLowerCase().split(".");
    for (let place = 0; place < labels.length; place++) {
      const set = this.behaviours.get(labels.slice(place).join("."));
      if (set !== undefined && (set.type ?? type) === type) return set.manner;
    }
    return "well";
  }
}

const UNUSABLE: ReadonlySet<DnsManner> = new Set([
  "servfail",
  "refused",
  "notimp",
  "formerr",
  "silent",
  "garbage",
  "cut",
  "bogus",
]);
