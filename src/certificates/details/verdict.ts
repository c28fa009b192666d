import type { RevocationKnowledge, Ruling, Text, Tone, Verdict } from "./page";

/** What the CA, or its servers, said about the revocation of a certificate or of a CA above it. */
export interface RevocationFact {
  /** `unknown`: asked, but there was no usable answer. */
  readonly state: "good" | "revoked" | "unknown";
  /** When it was asked. Epoch ms; absent if it became known without that. */
  readonly asked?: number;
  /** When it was revoked. Epoch ms. */
  readonly since?: number;
  /** It is a CA certificate above it that was revoked. */
  readonly issuer?: true;
}

/** All that the verdict on a certificate depends on. */
export interface VerdictFacts {
  /** Epoch ms, to tell how old an answer is. */
  readonly now: number;
  /** A fact, or why there is none. */
  readonly revocation: RevocationFact | Exclude<RevocationKnowledge, "good" | "unknown">;
  /** False for what is, or may be, a certificate and could not be decoded. */
  readonly readable: boolean;
  readonly phase: "in-force" | "expired" | "not-yet";
  /** Of the certificate, of the CAs above it, and of comparisons: how many are told below the verdict. */
  readonly errors: number;
  readonly warnings: number;
  /** Whether the engine could check every signature of the path. */
  readonly signaturesChecked: boolean;
  /**
   * `open`: the path does not reach a root, which is a warning of its own, or nobody looked. `unknown`: with its name,
   * unless it is the certificate itself.
   */
  readonly root: "known" | "open" | "self-signed" | { readonly unknown: Text | undefined };
  /** How many certificates there are that did not issue each other. */
  readonly leaves: number;
}

/** Answers about a revocation are valid for up to ten days (TLS BR section 4.9.10); older ones prove nothing now. */
const ANSWER_LASTS = 10 * 86_400_000;

/** Whether an answer about a revocation still says something. @param asked when it was given, epoch ms */
export function isCurrent({ asked }: Pick<RevocationFact, "asked">, now: number): boolean {
  return asked !== undefined && now - asked <= ANSWER_LASTS;
}

/**
 * The verdict on a certificate, the gravest thing first: revoked, unreadable, outside its validity, errors, a signature
 * that nobody could check, an unknown root, warnings. Green only where its CA was asked and nothing was found.
 */
export function verdictOf(facts: VerdictFacts): Verdict {
  const says = rulingOf(facts);
  return {
    says,
    tone: toneOf(says, facts),
    ...(facts.leaves > 1 && { certificates: facts.leaves }),
  };
}

/** The verdict on what can be neither valid nor invalid: a request, a key, a revocation list. */
export const NOTHING_TO_JUDGE: Verdict = { says: { kind: "nothing-to-judge" }, tone: "none" };

/** The verdict on a store that only its password opens. */
export const LOCKED: Verdict = { says: { kind: "locked" }, tone: "none" };

/** The verdict on a file in which nothing was found. @param tone of its sentences */
export const nothingFound = (tone: Tone): Verdict => ({ says: { kind: "nothing-found" }, tone });

/** The verdict on what is, or may be, a certificate and could not be decoded. */
export const UNREADABLE: Verdict = verdictOf({
  ...{ now: 0, revocation: "not-asked", readable: false, phase: "in-force" },
  ...{ errors: 0, warnings: 0, signaturesChecked: false, root: "open", leaves: 1 },
});

function rulingOf(facts: VerdictFacts): Ruling {
  const { revocation, readable, phase, errors, warnings, signaturesChecked, root, leaves } = facts;
  if (typeof revocation === "object" && revocation.state === "revoked") {
    const { since, issuer } = revocation;
    return { kind: "revoked", ...(since !== undefined && { since }), ...(issuer !== undefined && { issuer }) };
  }
  if (!readable) return { kind: "unreadable" };
  // Of several certificates, the others may be in force: then the dates of one are an error among others.
  if (phase !== "in-force" && leaves === 1) return { kind: phase };
  if (errors > 0) return { kind: "counted", errors, warnings };
  if (!signaturesChecked) return { kind: "unchecked" };
  if (root === "self-signed") return { kind: "self-signed" };
  if (typeof root === "object" && leaves === 1) {
    return { kind: "unknown-root", ...(root.unknown !== undefined && { root: root.unknown }) };
  }
  if (warnings > 0) return { kind: "counted", errors, warnings };
  if (typeof revocation !== "object") return { kind: "no-problems", revocation };
  const { state, asked } = revocation;
  return {
    kind: "no-problems",
    revocation: state === "good" ? "good" : "unknown",
    ...(asked !== undefined && { asked }),
  };
}

function toneOf(says: Ruling, { now, leaves, root }: VerdictFacts): Tone {
  switch (says.kind) {
    case "revoked":
    case "unreadable":
    case "expired":
    case "not-yet":
      return "bad";
    case "counted":
      return says.errors > 0 ? "bad" : "attention";
    case "unchecked":
    case "unknown-root":
    case "self-signed":
      return "attention";
    case "no-problems": {
      if (says.revocation === "unknown") return "attention";
      // Nobody was asked about other certificates.
      return leaves === 1 && root === "known" && says.revocation === "good" && isCurrent(says, now) ? "good" : "none";
    }
    case "locked":
    case "nothing-to-judge":
    case "nothing-found":
      return "none";
  }
}
