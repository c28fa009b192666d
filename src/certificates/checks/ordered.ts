import { domainToASCII } from "node:url";
import { extensionOf, isUnreadable, type Certificate } from "../x509/certificate";
import { MS_PER_DAY } from "../x509/lifetime";
import type { FoundKey } from "./private-key";
import { amount, onDay, phrase, type Phrase, type PhraseValue } from "../../words/phrase";
import { listWords } from "./words";
import { isSameKey, keyIdentity } from "../keys/key-identity";

/** What is known about an order, to compare the certificate with. Unknown facts are left out. */
export interface Ordered {
  /** The order's domain name as the CA states it; an empty one counts as absent. */
  readonly fqdn?: string;
  /** The domains of an order for several. */
  readonly domains?: readonly string[];
  /** How long the order is paid for. Epoch ms. */
  readonly productTerm?: { readonly start?: number; readonly end?: number };
  /** The validity of the certificate as the CA states it. Epoch ms; it may know only the day. */
  readonly validity?: { readonly notBefore?: number; readonly notAfter?: number };
  /** The certificate that was collected for the order before. */
  readonly previous?: Certificate;
  /** Certificate requests found in the workspace: their files' names, and which key each is for. */
  readonly requests?: readonly { readonly file: string; readonly keyIdentity: string }[];
  /** Private keys found in the workspace, and their files' names. */
  readonly keys?: readonly { readonly file: string; readonly key: FoundKey }[];
}

export type Aspect = "names" | "validity" | "term" | "previousKey" | "request" | "privateKey";

/** How one aspect of a certificate compares with the order. */
export interface Comparison {
  readonly aspect: Aspect;
  /**
   * Neither `nothing-to-compare` nor `not-known`, for keys that could not be opened, is agreement: show them without a
   * tick.
   */
  readonly result: "matches" | "differs" | "nothing-to-compare" | "not-known";
  /** One sentence for a person. */
  readonly message: Phrase;
  /** The file that it is about, for a request or a key. */
  readonly file?: string;
}

/** How many ms a time that the CA states to the day may differ. */
const TOLERANCE = MS_PER_DAY;

/**
 * Whether the collected certificate is what was ordered, aspect by aspect and always all six. A kind of order whose
 * answer does not state names (S/MIME, CCC, PAC, mark certificates) simply has nothing to compare.
 */
export function compareWithOrder(certificate: Certificate, ordered: Ordered): readonly Comparison[] {
  return [
    compareNames(certificate, ordered),
    compareValidity(certificate, ordered),
    compareTerm(certificate, ordered),
    comparePreviousKey(certificate, ordered),
    compareRequests(certificate, ordered),
    compareKeys(certificate, ordered),
  ];
}

/** A new key, or keys and requests of other certificates in the workspace, are not a fault. */
export const isFault = ({ aspect, result }: Comparison): boolean => result === "differs" && !MAY_DIFFER.has(aspect);

const MAY_DIFFER: ReadonlySet<Aspect> = new Set<Aspect>(["previousKey", "request", "privateKey"]);

const comparison = (aspect: Aspect, result: Comparison["result"], message: Phrase, file?: string): Comparison =>
  file === undefined ? { aspect, result, message } : { aspect, result, message, file };

/** Characters of a name that may be one of a host; making A-labels takes quadratic time. */
const MAX_HOST = 255;

/** Lower case, A-labels, no final point; IPv6 addresses as in RFC 5952: the form that names have in certificates. */
const asHost = (name: string): string => {
  const bare = name.trim().toLowerCase().replace(/\.$/, "");
  if (bare.length > MAX_HOST) return bare;
  const address = `http://[${bare.replace(/^\[|\]$/g, "")}]`;
  if (bare.includes(":")) return URL.canParse(address) ? new URL(address).hostname.slice(1, -1) : bare;
  const ascii = bare.startsWith("*.") ? `*.${domainToASCII(bare.slice(2))}` : domainToASCII(bare);
  return ascii === "" || ascii === "*." ? bare : ascii;
};

function compareNames(certificate: Certificate, { fqdn, domains }: Ordered): Comparison {
  const stated = [...(fqdn === undefined ? [] : [fqdn]), ...(domains ?? [])].map(asHost);
  const wanted = new Set(stated.filter((name) => name !== ""));
  if (wanted.size === 0) {
    return comparison(
      "names",
      "nothing-to-compare",
      phrase("The order does not say which names it is for: there is nothing to compare."),
    );
  }
  if (isUnreadable(certificate, "subjectAltName")) {
    return comparison(
      "names",
      "differs",
      phrase("The names in the certificate could not be read: it cannot be used for them."),
    );
  }
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  const there = new Set(
    names.flatMap((name) => (name.type === "dNSName" || name.type === "iPAddress" ? [asHost(name.value)] : [])),
  );
  const missing = [...wanted].filter((name) => !there.has(name));
  if (missing.length > 0) {
    return comparison(
      "names",
      "differs",
      phrase("Ordered, but missing from the certificate: {0}.", listWords(missing)),
    );
  }
  const more = [...there].filter((name) => !wanted.has(name) && !isAddedByTheCa(name, wanted));
  // Without the list of domains, nobody knows what else was ordered.
  if (more.length > 0 && domains !== undefined && domains.length > 0) {
    return comparison("names", "differs", phrase("In the certificate, but not ordered: {0}.", listWords(more)));
  }
  const all =
    wanted.size === 1
      ? phrase("The ordered name is in the certificate.")
      : phrase("All {0} ordered names are in the certificate.", amount(wanted.size));
  if (more.length === 0) return comparison("names", "matches", all);
  const others = phrase("It has {0} more, which the order does not mention.", amount(more.length));
  return comparison("names", "matches", phrase("{0} {1}", all, others));
}

/** The CA gives a name with "www." the one without and the other way round, and a wildcard its domain. */
function isAddedByTheCa(name: string, wanted: ReadonlySet<string>): boolean {
  const bare = name.startsWith("www.") ? name.slice("www.".length) : undefined;
  return (bare !== undefined && wanted.has(bare)) || wanted.has(`www.${name}`) || wanted.has(`*.${name}`);
}

function compareValidity({ validity }: Certificate, { validity: stated }: Ordered): Comparison {
  const ends = [
    [stated?.notBefore, validity.notBefore],
    [stated?.notAfter, validity.notAfter],
  ] as const;
  const given = ends.filter(([end]) => end !== undefined);
  const known = given.filter((end): end is readonly [number, number] => end[0] !== undefined && end[1] !== undefined);
  if (given.length === 0) {
    return comparison(
      "validity",
      "nothing-to-compare",
      phrase("The CA did not state the certificate's dates: there is nothing to compare."),
    );
  }
  if (known.length === given.length && known.every(([wanted, there]) => Math.abs(wanted - there) <= TOLERANCE)) {
    return comparison("validity", "matches", phrase("It is valid from and until the days that the CA stated."));
  }
  const end = (at: number | undefined): PhraseValue => (at === undefined ? "?" : onDay(at));
  const message = phrase(
    "The CA stated {0} to {1}, but the certificate says {2} to {3}.",
    end(stated?.notBefore),
    end(stated?.notAfter),
    end(validity.notBefore),
    end(validity.notAfter),
  );
  return comparison("validity", "differs", message);
}

function compareTerm({ validity }: Certificate, { productTerm }: Ordered): Comparison {
  const end = productTerm?.end;
  if (end === undefined) {
    return comparison(
      "term",
      "nothing-to-compare",
      phrase("The order does not say how long it is paid for: there is nothing to compare."),
    );
  }
  const { notBefore, notAfter } = validity;
  if (notBefore === undefined || notAfter === undefined) {
    return comparison(
      "term",
      "nothing-to-compare",
      phrase("The certificate's validity could not be read: there is nothing to compare."),
    );
  }
  const early = productTerm?.start !== undefined && notBefore < productTerm.start - TOLERANCE;
  if (early) {
    return comparison(
      "term",
      "differs",
      phrase("It is valid from {0}, before the paid term begins.", onDay(notBefore)),
    );
  }
  if (notAfter > end + TOLERANCE) {
    return comparison(
      "term",
      "differs",
      phrase("It expires on {0}, after the paid term ends on {1}.", onDay(notAfter), onDay(end)),
    );
  }
  const message =
    end - notAfter > TOLERANCE
      ? phrase(
          "It is within the paid term, which ends on {0}. Have it reissued before it expires to use the rest.",
          onDay(end),
        )
      : phrase("It is within the paid term, which ends on {0}.", onDay(end));
  return comparison("term", "matches", message);
}

function comparePreviousKey({ publicKey }: Certificate, { previous }: Ordered): Comparison {
  if (previous === undefined) {
    return comparison(
      "previousKey",
      "nothing-to-compare",
      phrase("There is no previous certificate to compare it with."),
    );
  }
  return isSameKey(publicKey, previous.publicKey)
    ? comparison(
        "previousKey",
        "matches",
        phrase("It has the same key as the previous certificate: keep the private key in use."),
      )
    : comparison(
        "previousKey",
        "differs",
        phrase("It has a new key: replace the private key along with the certificate."),
      );
}

function compareRequests({ publicKey }: Certificate, { requests = [] }: Ordered): Comparison {
  if (requests.length === 0) {
    return comparison("request", "nothing-to-compare", phrase("No certificate request was found to compare it with."));
  }
  const match = requests.find((request) => request.keyIdentity === keyIdentity(publicKey));
  if (match !== undefined)
    return comparison("request", "matches", phrase("{0} is a request for this key.", match.file), match.file);
  return comparison(
    "request",
    "differs",
    phrase("None of the requests found is for this key: {0}.", listWords(requests.map(({ file }) => file))),
  );
}

function compareKeys({ publicKey }: Certificate, { keys = [] }: Ordered): Comparison {
  const match = keys.find(({ key }) => key.state === "readable" && key.keyIdentity === keyIdentity(publicKey));
  if (match !== undefined) {
    return comparison("privateKey", "matches", phrase("{0} is its private key.", match.file), match.file);
  }
  const filesOf = (is: (key: FoundKey) => boolean) => keys.filter(({ key }) => is(key)).map(({ file }) => file);
  const readable = filesOf(({ state }) => state === "readable");
  const encrypted = filesOf((key) => key.state === "encrypted" && key.obstacle === undefined);
  const unreadable = filesOf(
    (key) => key.state === "unreadable" || (key.state === "encrypted" && key.obstacle !== undefined),
  );
  // A key that was not opened may be the right one.
  if (encrypted.length + unreadable.length > 0) {
    const closed = [
      ...(encrypted.length === 0 ? [] : [encryptedWords(encrypted)]),
      ...(unreadable.length === 0 ? [] : [phrase("{0} cannot be read here", listWords(unreadable))]),
    ].reduce((said, each) => phrase("{0}, {1}", said, each));
    const all = readable.length === 0 ? closed : phrase("{0}; {1}", othersWords(readable), closed);
    return comparison("privateKey", "not-known", phrase("Its private key is not known: {0}.", all));
  }
  if (readable.length === 0) {
    return comparison("privateKey", "nothing-to-compare", phrase("No private key was found to compare it with."));
  }
  return comparison(
    "privateKey",
    "differs",
    phrase("None of the private keys found belongs to it: {0}.", listWords(readable)),
  );
}

const othersWords = (files: readonly string[]): Phrase =>
  files.length === 1
    ? phrase("{0} does not belong to it", listWords(files))
    : phrase("{0} do not belong to it", listWords(files));

const encryptedWords = (files: readonly string[]): Phrase =>
  files.length === 1 ? phrase("{0} is encrypted", listWords(files)) : phrase("{0} are encrypted", listWords(files));
