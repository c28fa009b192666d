import { PRODUCT_FACTS } from "../../api/product";
import type { OrderedDomain } from "../../api/services/service-result";
import type { Order } from "./order";
import { DAY } from "./policy";

/** A day that the rules of public CAs set for the validations behind an order. */
export interface ValidationDate {
  /**
   * `domains`, `identity`: the last day on which a certificate may be issued on the strength of what was validated for
   * the one that is here. `email`, `telephone`: the last day of the method by which a domain of the order is validated.
   */
  readonly what: "domains" | "identity" | "email" | "telephone";
  /** The start of that day in UTC, epoch ms. It is "at the latest": a validation may be older than its certificate. */
  readonly at: number;
  /** Days for which such a validation may be used again on that day. */
  readonly days?: number;
  /** The section of the TLS Baseline Requirements. */
  readonly clause: string;
}

/** Certificates issued from a day on rest on validations that are at most so many days old. */
interface ReuseLimit {
  /** Start of the day in UTC, epoch ms. */
  readonly from: number;
  readonly days: number;
}

type Reusable = "domains" | "identity";

/**
 * TLS Baseline Requirements section 4.2.1 (state of 2026-05-04). Sectigo itself keeps to 198 days for domains since
 * 2026-03-12, as resellers say. Newest last.
 */
const LIMITS: Readonly<Record<Reusable, readonly ReuseLimit[]>> = {
  domains: [
    { from: -Infinity, days: 398 },
    { from: Date.UTC(2026, 2, 15), days: 200 },
    { from: Date.UTC(2027, 2, 15), days: 100 },
    { from: Date.UTC(2029, 2, 15), days: 10 },
  ],
  identity: [
    { from: -Infinity, days: 825 },
    { from: Date.UTC(2026, 2, 15), days: 398 },
  ],
};

const REUSE_CLAUSE = "4.2.1";

/** When methods end, with whatever was validated by them: the first day without. Same document, section 1.2.2. */
const METHOD_ENDS = {
  email: { from: Date.UTC(2028, 2, 15), clause: "3.2.2.4.4" },
  telephone: { from: Date.UTC(2027, 2, 15), clause: "3.2.2.4.16" },
} as const;

type EndingMethod = keyof typeof METHOD_ENDS;

/**
 * The last day on which a certificate may be issued that rests on a validation of a day. Limits go by the day of issue,
 * so a validation can end the day before a shorter one begins.
 * @param validatedAt epoch ms
 */
export function lastReuse(what: Reusable, validatedAt: number): Pick<ValidationDate, "at" | "days"> {
  const day = Math.floor(validatedAt / DAY) * DAY;
  const limits = LIMITS[what];
  const last = limits.map(({ days }, index) => {
    const end = limits[index + 1]?.from ?? Infinity;
    return { at: Math.min(day + days * DAY, end - DAY), days };
  });
  // Each limit is shorter than the one before: what it would allow before its own time, that one allows too.
  return last.reduce((latest, each) => (each.at > latest.at ? each : latest));
}

/**
 * The days that end the validations behind an order, where rules of public CAs set them: of TLS certificates. What is
 * validated again after issue, nobody tells, so the day of issue is the latest day of validation that is known.
 * @param now epoch ms; days that are over are left out
 */
export function validationDates(order: Order, now: number): readonly ValidationDate[] {
  if (!PRODUCT_FACTS[order.product].isServed) return [];
  const methods = endingMethods(order.validation?.domains ?? []);
  return [...reuseOf(order, methods), ...methods.map(endOf)].filter(({ at }) => now < at + DAY);
}

function reuseOf({ certificates: [collected] }: Order, methods: readonly EndingMethod[]): ValidationDate[] {
  if (collected === undefined) return [];
  const domains = { what: "domains" as const, ...lastReuse("domains", collected.notBefore), clause: REUSE_CLAUSE };
  // What was validated by a method ends with it, before its own time is over.
  const [first] = [domains, ...methods.map((method) => ({ ...endOf(method), what: "domains" as const }))].sort(
    (one, other) => one.at - other.at,
  );
  const identity = { what: "identity" as const, ...lastReuse("identity", collected.notBefore), clause: REUSE_CLAUSE };
  return [...(first === undefined ? [] : [first]), ...(namesOrganization(collected.subject) ? [identity] : [])];
}

const endOf = (method: EndingMethod): ValidationDate => ({
  what: method,
  at: METHOD_ENDS[method].from - DAY,
  clause: METHOD_ENDS[method].clause,
});

/** Those by which the CA says that domains of an order are validated. */
function endingMethods(domains: readonly OrderedDomain[]): EndingMethod[] {
  const methods = domains.map(({ method, methodWord = "" }) =>
    method === "other" && /phone/i.test(methodWord) ? "telephone" : method,
  );
  return (["email", "telephone"] as const).filter((method) => methods.includes(method));
}

/** Whether a subject (RFC 4514) has an organization: without one, nothing but control of its domains was validated. */
function namesOrganization(subject: string): boolean {
  // What is escaped separates nothing.
  return subject
    .replace(/\\./g, "")
    .split(/[,+]/)
    .some((attribute) => attribute.startsWith("O="));
}
