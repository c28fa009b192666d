import type { FoundKey } from "../../certificates/checks/private-key";
import type { BlockObject, TextBlock } from "../../certificates/text-blocks";
import { inWords, type Locale } from "../../words/localize";
import { dateWords } from "../../orders/presentation/time-words";
import { inertText } from "../base/inert-text";
import { spelledOut } from "../../certificates/names/spelled-out";

/** Blocks of a document that have a lens, and characters of a name in it. */
const MAX_LENSES = 100;
const MAX_NAME = 80;

/** Labels of blocks in which nothing but what they name may be. */
const NAMED = /\b(?:CERTIFICATE|CRL|REQUEST|KEY)\b/;

/** What is said above a block. */
export interface Lens {
  /** Where the block starts: an index into the text. */
  readonly start: number;
  readonly words: string;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly certificate?: string;
  /** Whether the details page says more. */
  readonly hasDetails: boolean;
}

/**
 * What is said above the blocks of a document: "www.example.org · until Feb 24, 2027" of a certificate, and briefly
 * what any other block is. Names are inert: a lens renders icons.
 * @param keys of the document, if it has any
 * @param now epoch ms
 */
export function blockLenses(
  blocks: readonly TextBlock[],
  keys: readonly FoundKey[],
  locale: Locale,
  now: number,
): readonly Lens[] {
  const kinds = keyKinds(blocks, keys);
  return blocks.slice(0, MAX_LENSES).map(({ start, label, objects, more }): Lens => {
    const [object, ...others] = objects;
    const { localize } = locale;
    if (object === undefined || (object.kind === "other" && NAMED.test(label)))
      return { start, words: localize("Damaged"), hasDetails: true };
    if (others.length + more > 0) {
      return {
        start,
        words: localize("{0} and {1} more", words(object, locale, now), others.length + more),
        hasDetails: true,
      };
    }
    const key = kinds.get(object);
    if (object.kind === "privateKey") return { start, words: keyLens(key, locale), hasDetails: false };
    const sha256 = object.kind === "certificate" ? fingerprintOf(object) : undefined;
    return {
      start,
      words: words(object, locale, now),
      ...(sha256 !== undefined && { certificate: sha256 }),
      hasDetails: true,
    };
  });
}

/** Whether a document has private keys, whose kinds are worth looking for. */
export function hasPrivateKeys(blocks: readonly TextBlock[]): boolean {
  return blocks.slice(0, MAX_LENSES).some(({ objects }) => objects.some(({ kind }) => kind === "privateKey"));
}

/** Which key is which, if as many were found in both ways of reading. */
function keyKinds(blocks: readonly TextBlock[], keys: readonly FoundKey[]): ReadonlyMap<BlockObject, FoundKey> {
  const objects = blocks.flatMap((block) => block.objects.filter(({ kind }) => kind === "privateKey"));
  if (objects.length !== keys.length) return new Map();
  return new Map(keys.flatMap((key, index) => (objects[index] === undefined ? [] : [[objects[index], key]])));
}

function keyLens(key: FoundKey | undefined, { localize }: Locale): string {
  const kind = localize("Private key");
  if (key?.state === "readable") return joined(kind, key.kind);
  return key?.state === "encrypted" ? joined(kind, localize("encrypted")) : kind;
}

function words(object: BlockObject, locale: Locale, now: number): string {
  const { localize } = locale;
  const { kind, title, validity } = object;
  const name = inertText(spelledOut(object.name), MAX_NAME);
  switch (kind) {
    case "certificate":
      return joined(
        name || localize("Certificate without a name"),
        validity === undefined ? "" : lifeWords(validity, locale, now),
      );
    case "certificateRequest":
      return joined(localize("Certificate request"), name);
    case "certificateList":
      return joined(localize("Revocation list"), name);
    case "publicKey":
      return joined(localize("Public key"), name);
    case "privateKey":
      return localize("Private key");
    case "secretKey":
      return localize("Secret key");
    case "unreadable":
      return localize("Damaged");
    case "pfx":
    case "other":
      // The standards' own names.
      return inWords(title, locale);
  }
}

function lifeWords({ notBefore, notAfter }: NonNullable<BlockObject["validity"]>, locale: Locale, now: number): string {
  const { localize } = locale;
  if (now < notBefore) return localize("from {0}", dateWords(notBefore, locale));
  const day = dateWords(notAfter, locale);
  return now > notAfter ? localize("expired on {0}", day) : localize("until {0}", day);
}

function fingerprintOf({ facts }: BlockObject): string | undefined {
  const fact = facts.find((each) => each.label === "SHA-256");
  return fact !== undefined && "hex" in fact ? fact.hex : undefined;
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" · ");
