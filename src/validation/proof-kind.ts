import type { LookPlan } from "./look";
import { isRightProof, OLD_SUFFIX, provesToken, readTarget, SUFFIX, type PublishedProof } from "./published-proof";
import type { TokenToFind } from "./request-token";

/** What a published proof is, held against the one that is needed. All but `right` are findings. */
export interface ProofKind {
  readonly kind:
    | "right"
    | "target-suffixed"
    | "pasted-text"
    | "old-form"
    | "other-request"
    | "text-hashed"
    | "hash-cut"
    | "other-unique-value"
    | "other-target";
  /** As published. */
  readonly uniqueValue?: string;
  /** Of the old form: whether the hash is the one that is needed. */
  readonly isOurs?: boolean;
  /** The other request, if it is one of the workspace. */
  readonly request?: string;
  /** What follows the suffix, of a target to which something was appended. */
  readonly appended?: string;
  /** What is wrong beside it: of two mistakes, the one that would be left after mending the first. */
  readonly also?: ProofKind;
}

type Known = Pick<LookPlan, "others" | "textHashes">;

/** Judges the target of a CNAME. */
export function kindOfTarget(target: string, token: TokenToFind, known: Known): ProofKind {
  if (/[^A-Za-z0-9._-]/.test(target)) return { kind: "pasted-text", ...alsoOf(plainOf(target), token, known) };
  const proof = readTarget(target);
  return proof === undefined ? { kind: "other-target" } : kindOfProof(proof, token, known);
}

/** What was meant by a target with characters that do not belong there. */
function plainOf(target: string): PublishedProof | undefined {
  const words = target.replace(/["'`]/g, "").split(/[^A-Za-z0-9._-]+/);
  return words.map(readTarget).find((proof) => proof !== undefined);
}

function alsoOf(proof: PublishedProof | undefined, token: TokenToFind, known: Known): Pick<ProofKind, "also"> {
  const also = proof && kindOfProof(proof, token, known);
  return also === undefined || also.kind === "right" || also.kind === "other-target" ? {} : { also };
}

/** Judges a proof that could be read, of a record or a file. */
export function kindOfProof(proof: PublishedProof, token: TokenToFind, known: Known): ProofKind {
  const { others, textHashes } = known;
  const { appended, ...unsuffixed } = proof;
  const { form, suffix, uniqueValue } = unsuffixed;
  const isKnownSuffix = suffix === SUFFIX || suffix === OLD_SUFFIX;
  const said = uniqueValue === undefined ? {} : { uniqueValue };
  if (isRightProof(proof, token)) return { kind: "right", ...said };
  if (appended !== undefined && isKnownSuffix) {
    const value = form === "sha256" && provesToken(proof, token) ? said : {};
    return { kind: "target-suffixed", appended, ...value, ...alsoOf(unsuffixed, token, known) };
  }
  if (form === "cut") return { kind: isKnownSuffix || isPart(proof, token) ? "hash-cut" : "other-target" };
  if (form === "sha1") return { kind: isKnownSuffix ? "old-form" : "other-target" };
  const other = others?.find((each) => provesToken(proof, each));
  if (other !== undefined) return { kind: "other-request", request: other.name };
  if (textHashes?.some((each) => provesToken(proof, each)) === true) return { kind: "text-hashed" };
  if (isSwapped(proof, token)) return { kind: "hash-cut" };
  if (!provesToken(proof, token)) return { kind: isKnownSuffix ? "other-request" : "other-target" };
  if (suffix === OLD_SUFFIX) return { kind: "old-form", isOurs: true, ...said };
  return { kind: suffix === SUFFIX ? "other-unique-value" : "other-target", ...said };
}

/** Whether the halves of the hash stand in the wrong order. */
const isSwapped = ({ hash }: PublishedProof, { sha256 }: TokenToFind): boolean =>
  hash === `${sha256.slice(32)}${sha256.slice(0, 32)}`.toLowerCase();

/** Whether a hash that lost digits is likely the token's: at least its first 16 digits are. */
const isPart = ({ hash }: PublishedProof, { sha256 }: TokenToFind): boolean =>
  hash.startsWith(sha256.toLowerCase().slice(0, 16));
