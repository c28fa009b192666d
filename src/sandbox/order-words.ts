import type { OrderLook } from "./order-state";
import { completed, type OrderRefusalCode, type OrderScript, type SandboxProduct, type Validation } from "./script";
import { AWAITING } from "./ssl-orders";

/** The words that the services have for an order and what was bought with it. */

/** The CA's own list of states is not public: Valid, Expired and Revoked were seen, the others are likely. */
const REFUSED: Readonly<Record<OrderRefusalCode, string>> = {
  "-14": "Awaiting Issuance",
  "-20": "Rejected",
  "-21": "Revoked",
  "-22": "Awaiting Payment",
  "-23": "Replaced",
  "-26": "Awaiting Issuance",
  "-42": "Awaiting Issuance",
  "-90": "Awaiting Validation",
  "-91": "Awaiting Validation",
  "-160": "Awaiting Issuance",
};

/** States of CAA with which an order stops until somebody asks for another check. */
export const CAA_FAILED: ReadonlySet<string> = new Set(["Not Authorized", "Timeout"]);

/** Numbers of states, as far as the page about them is public. */
export const STATUS_CODES: Readonly<Record<string, number>> = {
  "CAA Check Failed": 3,
  Valid: 6,
  Rejected: 7,
  Revoked: 8,
  "Awaiting Brand Validation": 12,
  Replaced: 14,
};

/** The state of an order's newest certificate. @param now epoch ms */
export function statusWord({ stage, issued }: OrderLook, now: number): string {
  const [newest] = issued;
  if (newest) {
    if (stage.kind === "refused") return REFUSED[stage.code];
    return newest.notAfter < now ? "Expired" : "Valid";
  }
  if (stage.kind === "refused") return REFUSED[stage.code];
  const { caaStatus, certificateStatus } = (stage.kind === "pending" ? stage.validation : undefined) ?? AWAITING;
  if (CAA_FAILED.has(caaStatus ?? "")) return "CAA Check Failed";
  if (caaStatus === "Authorized") return "Awaiting Issuance";
  return certificateStatus.endsWith("(Brand)") ? "Awaiting Brand Validation" : "Awaiting Validation";
}

/** The state of the order. "Pending" is the one that a sample shows. */
export function orderWord(look: OrderLook, now: number): string {
  if (look.issued.length > 0) return "Completed";
  const word = statusWord(look, now);
  return word.startsWith("Awaiting") || word.startsWith("CAA") ? "Pending" : word;
}

/** What is validated of an order now; all of it once it has a certificate. */
export function validationNow({ stage, issued }: OrderLook, { stages }: OrderScript): Validation {
  if (issued.length === 0) return (stage.kind === "pending" ? stage.validation : undefined) ?? AWAITING;
  const waited = stages.findLast(({ kind }) => kind === "pending");
  return completed((waited?.kind === "pending" ? waited.validation : undefined) ?? AWAITING);
}

const PEOPLE: Readonly<Partial<Record<SandboxProduct, readonly [name: string, number: number]>>> = {
  smime: ["Secure Email Certificate", 610],
  ccc: ["Corporate Secure Email Certificate", 16],
  pac: ["Personal Authentication Certificate", 690],
};

/** What was bought: a name, and the CA's number of it, of which those of mark certificates alone are public. */
export function bought({ product, certificates }: OrderScript): readonly [name: string, number: number] {
  const person = PEOPLE[product];
  if (person) return person;
  const profile = certificates[0]?.profile;
  if (profile?.logo !== undefined) {
    const isRegistered = profile.subject.some(([type]) => type === "trademarkIdentifier");
    return isRegistered ? ["Verified Mark Certificate", 801] : ["Common Mark Certificate", 803];
  }
  const [validated, base] = VALIDATED.find(([issuer]) => profile?.issuer.startsWith(issuer))?.[1] ?? ["SSL", 500];
  const names = profile?.dnsNames ?? [];
  if (names.some((name) => name.startsWith("*."))) return [`${validated} Wildcard SSL`, base + 1];
  return names.length > 2 ? [`${validated} Multi-Domain SSL`, base + 2] : [`${validated} SSL`, base];
}

const VALIDATED = [
  ["dv", ["DV", 500]],
  ["ov", ["OV", 510]],
  ["ev", ["EV", 520]],
] as const;
