import { phrase, type Phrase } from "../../words/phrase";
import { extensionOf, type Certificate } from "../x509/certificate";
import type { GeneralName } from "../names/general-name";
import { isPrivateHost } from "../names/private-network";

/**
 * The services that certificates name: OCSP, revocation lists, their issuers' certificates. All of it is public data
 * over plain HTTP (RFC 5280 section 8 advises against HTTPS there); it is trusted because it is signed. Nothing is
 * requested before a person agrees to the {@link Contact}s.
 */

/** One call, without cookies, credentials or headers of the user. */
export interface StatusRequest {
  /** Of the scheme http. */
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly body?: Uint8Array;
  /** Of the body. */
  readonly contentType?: string;
  /** Most bytes of the response; a longer one fails. */
  readonly maxBytes: number;
  /**
   * Whether an address that the host's name resolves to may be called. No call is made unless all may be. Absent: any
   * may be. Not used if a proxy makes the connection, because it looks names up itself.
   */
  readonly accepts?: (address: string) => boolean;
}

export type StatusReply =
  | { readonly kind: "answered"; readonly httpStatus: number; readonly body: Uint8Array }
  /** `message`: one sentence for a person. `refused`: the addresses that were not accepted; nothing was sent then. */
  | { readonly kind: "failed"; readonly message: Phrase | string; readonly refused?: readonly string[] };

/**
 * Makes a call; implemented by the room that has the network. Follows no redirection, is bounded in time, and never
 * rejects.
 */
export type StatusFetch = (request: StatusRequest, signal: AbortSignal) => Promise<StatusReply>;

/** Most bytes of one address; longer ones are not called. */
const MAX_URL_LENGTH = 2048;
/**
 * Most characters of user, host and port; host names have at most 255. Making A-labels of longer ones takes quadratic
 * time.
 */
const MAX_AUTHORITY = 300;
/** How many addresses of one kind in a certificate are examined, and how many are called. */
const MAX_LOOKED_AT = 50;
const MAX_ADDRESSES = 3;

const OCSP = "1.3.6.1.5.5.7.48.1";
const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";

/**
 * Where a certificate says that its status, or its issuer, can be found. Addresses of other schemes (LDAP) are left
 * out.
 */
export interface StatusAddresses {
  readonly ocsp: readonly string[];
  readonly crl: readonly string[];
  readonly issuers: readonly string[];
}

export function statusAddresses(certificate: Certificate): StatusAddresses {
  const access = extensionOf(certificate, "authorityInfoAccess")?.descriptions ?? [];
  const points = extensionOf(certificate, "cRLDistributionPoints")?.points ?? [];
  const ofMethod = (method: string) => access.filter((one) => one.method === method).map(({ location }) => location);
  return {
    ocsp: usable(ofMethod(OCSP)),
    // Lists of another issuer, or for only some reasons, are not enough.
    crl: usable(
      points.flatMap(({ fullName, reasons, cRLIssuer }) =>
        reasons === undefined && cRLIssuer === undefined ? (fullName ?? []) : [],
      ),
    ),
    issuers: usable(ofMethod(CA_ISSUERS)),
  };
}

function usable(locations: readonly GeneralName[]): readonly string[] {
  const urls = locations
    .slice(0, MAX_LOOKED_AT)
    .flatMap((location) => (location.type === "uniformResourceIdentifier" ? [location.value] : []));
  return [...new Set(urls)].filter((url) => isCallable(url)).slice(0, MAX_ADDRESSES);
}

function isCallable(text: string): boolean {
  const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(text.slice(0, MAX_URL_LENGTH))?.[1] ?? "";
  if (text.length > MAX_URL_LENGTH || authority.length > MAX_AUTHORITY || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === "http:" && username === "" && password === "";
}

/** A server that a check would call, shown to a person who must agree first. */
export interface Contact {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly purpose: "ocsp" | "crl" | "issuer";
  /** What the server learns, in one sentence. */
  readonly sends: Phrase;
  /** Why to look twice: an address inside a private network, which a stranger's certificate should not name. */
  readonly caution?: Phrase;
}

const SENDS: Readonly<Record<Contact["purpose"], Phrase>> = {
  ocsp: phrase("The serial number of the certificate and hashes of its issuer's name and key are sent."),
  crl: phrase("Only the request for the list is sent; the list names all certificates that were revoked."),
  issuer: phrase("Only the request for the issuer's certificate is sent."),
};

/**
 * Every address that the checks of a certificate may call. Revocation lists are fetched if OCSP does not give a
 * result.
 */
export function contactsOf(certificate: Certificate, purposes: readonly Contact["purpose"][]): readonly Contact[] {
  const { ocsp, crl, issuers } = statusAddresses(certificate);
  const contacts = (purpose: Contact["purpose"], urls: readonly string[]) =>
    purposes.includes(purpose) ? urls.map((url) => contact(url, purpose)) : [];
  return [...contacts("ocsp", ocsp), ...contacts("crl", crl), ...contacts("issuer", issuers)];
}

/** Describes a host that {@link isPrivateHost}, in one sentence. */
export const privateWords = (host: string): Phrase =>
  phrase("{0} is an address of a private network or of this computer, or one that is not used on the internet.", host);

function contact(url: string, purpose: Contact["purpose"]): Contact {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  return {
    url,
    host,
    port: port === "" ? 80 : Number(port),
    purpose,
    sends: SENDS[purpose],
    ...(isPrivateHost(host) ? { caution: privateWords(host) } : {}),
  };
}
