import type { CertificateRequest } from "../certificates/x509/certificate-request";
import { extensionOf } from "../certificates/x509/certificate";
import type { GeneralName } from "../certificates/names/general-name";
import { attributeValues } from "../certificates/names/name";
import { asciiDomain, isWildcard } from "./domain-levels";

/** Characters of a name: a mailbox has 64, its sign and 255 at most (RFC 5321 section 4.5.3.1). */
const MAX_CHARACTERS = 320;
/** Names of a request that are kept. */
const MAX_NAMES = 2_000;

/**
 * The names that a request asks for: domains in A-labels, wildcards with their star, IP addresses and mailboxes; those
 * of the subject alternative name, then common names that are one of these. Without repetitions.
 */
export function requestNames(request: CertificateRequest): readonly string[] {
  const alternative = (extensionOf(request, "subjectAltName")?.names ?? []).flatMap(valueOf);
  const common = attributeValues(request.subject, COMMON_NAME).filter(
    (name) => name.includes(".") || name.includes("@"),
  );
  return [...new Set([...alternative, ...common].slice(0, MAX_NAMES).flatMap((name) => comparable(name) ?? []))];
}

/** How well the names of a request fit the domains of an order. */
export type Fit = "same" | "all" | "some" | "none";

/**
 * `same`: exactly these names; `all`: these and others; `some`: at least one of them. The order counts, not the
 * request: the CA's API overrules the request's names, so that one with one name may be that of an order for many.
 * @param names as {@link requestNames} gives them
 * @param domains of the order, or of its mailboxes
 */
export const fitOf = (names: readonly string[], domains: readonly string[]): Fit => fit(names, wantedOf(domains));

const wantedOf = (domains: readonly string[]): ReadonlySet<string> =>
  new Set(domains.flatMap((domain) => comparable(domain) ?? []).map(withoutWww));

function fit(names: readonly string[], wanted: ReadonlySet<string>): Fit {
  const asked = new Set(names.flatMap((name) => [name, ...mailDomain(name)]).map(withoutWww));
  const met = [...wanted].filter((domain) => asked.has(domain)).length;
  if (met === 0) return "none";
  if (met < wanted.size) return "some";
  const surplus = names.filter((name) => ![name, ...mailDomain(name)].some((each) => wanted.has(withoutWww(each))));
  return surplus.length === 0 ? "same" : "all";
}

/** The requests that fit an order's domains, the best first and else in their order. */
export function fittingRequests<R extends { readonly names: readonly string[] }>(
  requests: readonly R[],
  domains: readonly string[],
): readonly (R & { readonly fit: Exclude<Fit, "none"> })[] {
  // Once, and not for each request: a hostile folder has very many.
  const wanted = wantedOf(domains);
  const fitting = requests.flatMap((request) => {
    const said = fit(request.names, wanted);
    return said === "none" ? [] : [{ ...request, fit: said }];
  });
  return FITS.flatMap((each) => fitting.filter((request) => request.fit === each));
}

const FITS = ["same", "all", "some"] as const;

const COMMON_NAME = "2.5.4.3";

function valueOf(name: GeneralName): string[] {
  switch (name.type) {
    case "rfc822Name":
    case "dNSName":
      return [name.value];
    case "iPAddress":
      return name.bytes === undefined ? [name.value] : [];
    default:
      return [];
  }
}

/** In the form in which names are compared; `undefined` for a text that is not a name. */
function comparable(name: string): string | undefined {
  if (name.length > MAX_CHARACTERS) return undefined;
  const at = name.lastIndexOf("@");
  if (at > 0) {
    const domain = asciiDomain(name.slice(at + 1));
    return domain && `${name.slice(0, at)}@${domain}`;
  }
  const domain = asciiDomain(name);
  if (domain === undefined) return /^[0-9a-f:.]{2,45}$/i.test(name) ? name.toLowerCase() : undefined;
  return isWildcard(name) ? `*.${domain}` : domain;
}

const mailDomain = (name: string): string[] => (name.includes("@") ? [name.slice(name.lastIndexOf("@") + 1)] : []);

/** Products for one domain include both names, and which of them the request has is a matter of taste. */
const withoutWww = (name: string): string => name.replace(/^www\./, "");
