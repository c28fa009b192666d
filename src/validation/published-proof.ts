import type { RequestToken, TokenToFind } from "./request-token";
import { isUniqueValue } from "./unique-value";

/** What ends a record and stands in the second line of a file. */
export const SUFFIX = "sectigo.com";

/** Before about 2019, and in records of some resellers longer. */
export const OLD_SUFFIX = "comodoca.com";

/** What was published as a proof, in the target of a CNAME or in a file, as far as its form could be read. */
export interface PublishedProof {
  /** `sha256`: as it should be. `sha1`: the form before July 2017. `cut`: digits are missing, and it proves nothing. */
  readonly form: "sha256" | "sha1" | "cut";
  /** In lower case. */
  readonly hash: string;
  /** As published, case kept; may be longer than a unique value can be. */
  readonly uniqueValue?: string;
  /** {@link SUFFIX}, {@link OLD_SUFFIX}, or whatever stands there; empty if nothing does. In lower case. */
  readonly suffix: string;
  /** What follows the suffix: the zone, where a provider appended it. In lower case. */
  readonly appended?: string;
}

/** Characters of a domain name at most (RFC 1035 section 2.3.4), with room for what was pasted around it. */
const MAX_TARGET = 512;

/**
 * Reads the target of a CNAME. Names are compared without case (RFC 4343); a final dot does not count.
 * @returns `undefined` if it does not start with a hash
 */
export function readTarget(target: string): PublishedProof | undefined {
  if (target.length > MAX_TARGET) return undefined;
  const labels = target.replace(/\.$/, "").split(".");
  const digits = labels.findIndex((label) => !isHex(label));
  const count = digits < 0 ? labels.length : digits;
  const [first = "", second = ""] = labels;
  const whole = hashIn([first, second], count);
  if (whole === undefined) return undefined;
  return { ...whole.proof, ...restOf(labels.slice(whole.labels)) };
}

/**
 * Reads the contents of a validation file: the hash, the suffix and the unique value, apart by any white space.
 * @param text the first bytes; a byte-order mark in front is taken away, since the caller looks for it in the bytes
 * @returns `undefined` if it does not start with a hash
 */
export function readFileContents(text: string): PublishedProof | undefined {
  const words = text
    .replace(/^\uFEFF/, "")
    .trim()
    .slice(0, MAX_TARGET)
    .split(/\s+/);
  const [hash = "", suffix = "", uniqueValue] = words;
  if (!isHex(hash)) return undefined;
  const form = hash.length === 64 ? "sha256" : hash.length === 40 ? "sha1" : "cut";
  if (form === "cut" && (hash.length < 20 || hash.length > 63)) return undefined;
  return {
    form,
    hash: hash.toLowerCase(),
    suffix: suffix.toLowerCase(),
    ...(uniqueValue !== undefined && { uniqueValue }),
  };
}

/** Whether a proof is of a request: its whole SHA-256. Suffix and unique value are for the caller to compare. */
export const provesToken = ({ form, hash }: PublishedProof, token: RequestToken): boolean =>
  form === "sha256" && hash === token.sha256.toLowerCase();

/**
 * Whether the CA would accept it, as far as is known: hash and suffix are right, nothing is appended, and the unique
 * value is the one that is looked for, or a possible one where none is known.
 */
export function isRightProof(proof: PublishedProof, token: TokenToFind): boolean {
  const { uniqueValue, suffix, appended } = proof;
  if (!provesToken(proof, token) || suffix !== SUFFIX || appended !== undefined) return false;
  if (token.uniqueValue === undefined) return uniqueValue === undefined || isUniqueValue(uniqueValue);
  return uniqueValue?.toLowerCase() === token.uniqueValue.toLowerCase();
}

interface Whole {
  readonly labels: number;
  readonly proof: Pick<PublishedProof, "form" | "hash">;
}

/** @param count labels of hex digits at the start */
function hashIn([first = "", second = ""]: readonly string[], count: number): Whole | undefined {
  const both = `${first}${second}`.toLowerCase();
  if (count >= 2 && first.length === 32 && second.length === 32) {
    return { labels: 2, proof: { form: "sha256", hash: both } };
  }
  if (count >= 2 && first.length === 20 && second.length === 20) {
    return { labels: 2, proof: { form: "sha1", hash: both } };
  }
  const hash = first.toLowerCase();
  // A label cannot be that long, but what somebody pastes can.
  if (count >= 1 && first.length === 64) return { labels: 1, proof: { form: "sha256", hash } };
  if (count >= 1 && first.length === 40) return { labels: 1, proof: { form: "sha1", hash } };
  if (count >= 2 && isLong(first) && isLong(second)) return { labels: 2, proof: { form: "cut", hash: both } };
  return count >= 1 && isLong(first) ? { labels: 1, proof: { form: "cut", hash } } : undefined;
}

/** What follows the hash: unique value, suffix, and what should not be there. */
function restOf(labels: readonly string[]): Pick<PublishedProof, "uniqueValue" | "suffix" | "appended"> {
  const lower = labels.map((label) => label.toLowerCase());
  const place = [0, 1].find((at) => [SUFFIX, OLD_SUFFIX].includes(lower.slice(at, at + 2).join(".")));
  if (place === undefined) return { suffix: lower.join(".") };
  const [uniqueValue] = labels.slice(0, place);
  const appended = lower.slice(place + 2).join(".");
  return {
    ...(uniqueValue !== undefined && { uniqueValue }),
    suffix: lower.slice(place, place + 2).join("."),
    ...(appended !== "" && { appended }),
  };
}

const isHex = (text: string): boolean => /^[0-9A-Fa-f]+$/.test(text);

/** As many digits as a hash that was cut still has; no unique value has as many. */
const isLong = ({ length }: string): boolean => length > 20 && length < 64;
