import type { CaaData, NameServer } from "./ports";
import type { ValidationFinding } from "./finding";
import type { TokenToFind } from "./request-token";

/** What CAA must allow: `issue` and `issuewild`, `issuemail` (RFC 9495), or `issuevmc` of mark certificates. */
export type CaaPurpose = "tls" | "smime" | "mark";

/** What to look for at one domain of an order. */
export interface LookPlan {
  /** As ordered: a host, `*.example.com`, or the domain of a mailbox. A-labels or Unicode. */
  readonly domain: string;
  readonly purpose: CaaPurpose;
  /** Absent where no request is known: then CAA alone is looked at, and what stands there shown. */
  readonly token?: TokenToFind;
  /** Tokens of the workspace's other requests, to recognize a record of another one. */
  readonly others?: readonly (TokenToFind & { readonly name: string })[];
  /** MD5 and SHA-256 of the request's PEM text, with LF and with CRLF: published where somebody hashed the text. */
  readonly textHashes?: readonly TokenToFind[];
  /** The record or the file that was seen in place before. */
  readonly before?: SeenBefore;
  /** How control is to be shown, where the CA's services said it. */
  readonly method?: "email" | "http" | "https" | "cname" | "other";
  /** An order that was issued for the same token or key: a token serves once, but for a unique value. */
  readonly served?: ServedOrder;
  /** Whether the CA refused to go on because of CAA (PRE-SIGN FAILED): it does not look again by itself. */
  readonly isStoppedByCaa?: boolean;
}

export interface SeenBefore {
  readonly by: "cname" | "file";
  /** The name of the record, or the URL of the file. */
  readonly place: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface ServedOrder {
  /** The order, as a person knows it. */
  readonly by: string;
  /** That the token had then; absent if it had none, or nobody knows. */
  readonly uniqueValue?: string;
  /** Its certificate has the request's key. Whether it was issued for this very request, nothing tells. */
  readonly isByKey?: boolean;
}

/** As far as this computer sees. Only the CA's answer says "validated". */
export type Standing = "in-place" | "not-in-place" | "cannot-tell";

/** Everything that was seen of one domain. */
export interface DomainLook {
  readonly domain: string;
  /** When it ended. Epoch ms. */
  readonly at: number;
  readonly cname?: CnameLook;
  /** Absent without a token, and for wildcards, which no file proves (BR 3.2.2.4.18). */
  readonly file?: FileLook;
  readonly caa: CaaLook;
  /** What is wrong, what stops the order first. */
  readonly findings: readonly ValidationFinding[];
  /** Questions of the DNS and requests for files that were sent. */
  readonly asked: number;
}

/** The record at the domain and at each level above it. */
export interface CnameLook {
  readonly standing: Standing;
  /** The domain below whose name the record was found. */
  readonly foundAt?: string;
  /** Between the hash and the suffix of what is published: it must be the order's. */
  readonly uniqueValue?: string;
  readonly seen: readonly CnameSeen[];
}

/** What one server says at one expected name. */
export interface CnameSeen {
  readonly server: NameServer;
  readonly name: string;
  /** `none`: the name has no such record, or does not exist; `failed`: no usable answer. */
  readonly says: "right" | "other" | "none" | "failed";
  /** What is published, or the RCODE or reason of a failure. */
  readonly detail?: string;
}

export interface FileLook {
  readonly standing: Standing;
  readonly uniqueValue?: string;
  readonly seen: readonly FileSeen[];
}

/** One way to the file: a scheme and an address. */
export interface FileSeen {
  readonly scheme: "http" | "https";
  readonly address: string;
  readonly says: "right" | "other" | "none" | "failed";
  readonly hops: readonly FileHop[];
  /** The first bytes as text, what is unprintable spelled out. At most 200 characters. */
  readonly start?: string;
}

export interface FileHop {
  readonly url: string;
  /** HTTP status; absent where no answer came, for the reason in `failure`. */
  readonly status?: number;
  readonly failure?: string;
  readonly location?: string;
  readonly tlsFault?: string;
}

/**
 * `allowed`: a record names this CA; `unrestricted`: none restricts who may issue (then `records` is empty or says
 * nothing of issuing); `conditions`: allowed with parameters that we cannot judge (RFC 8657); `failed`: no answer in a
 * signed zone, or wrong signatures, which is never permission (BR 3.2.2.8.1); `maybe`: the CA may or may not go on.
 */
export type CaaVerdict = "allowed" | "unrestricted" | "conditions" | "forbidden" | "failed" | "maybe";

/** What a verdict rests on. */
export type CaaReason =
  /** Unrestricted: no set up to the top level; one that says nothing of this kind of certificate; not a domain name. */
  | "none-found"
  | "not-restricted"
  | "not-a-domain"
  /** Allowed: by a name that the CA recommends, or by one that it still takes and calls deprecated. */
  | "named"
  | "named-deprecated"
  | "conditions"
  /** Forbidden: a critical tag that nobody knows; the CA's name in quote marks, or where the grammar is broken. */
  | "critical-tag"
  | "quoted"
  | "unreadable"
  /** Forbidden: another property names the CA, as `issue` does for a wildcard while there is an `issuewild`. */
  | "other-property"
  | "names-others"
  | "names-nobody"
  /** Maybe: a critical tag that some CAs know; only one of the two CAs that may issue a mark certificate is named. */
  | "reserved-tag"
  | "one-issuer"
  /** Failed or maybe. */
  | "dnssec-broken"
  | "unanswered"
  | "not-a-name"
  | "no-resolver"
  | "cancelled";

export interface CaaLook {
  readonly verdict: CaaVerdict;
  readonly reason?: CaaReason;
  /** The set that counts: the first that is not empty, climbing (RFC 8659 section 3). */
  readonly records: readonly CaaData[];
  /** The name at which it was found. */
  readonly foundAt?: string;
  /** The aliases from there to the set, if it stands elsewhere. */
  readonly aliases: readonly string[];
  /** Of a failure: where, and the RCODE or reason. */
  readonly failure?: { readonly name: string; readonly detail: string };
  /** Of a failure: whether its zone has a DS record at its parent. Absent where that could not be found out. */
  readonly isSigned?: boolean;
  /** Of a failure: what each server of the zone says itself. */
  readonly servers?: readonly CaaServer[];
  /** Parameters of the records that name this CA, as "tag=value": what they mean is its own affair (RFC 8657). */
  readonly conditions?: readonly string[];
}

/** What an authoritative server says of CAA at the name where resolvers failed. */
export interface CaaServer {
  readonly server: NameServer;
  /** `none`: no such record, or no such name. */
  readonly says: "set" | "none" | "failed";
  /** The RCODE or reason of a failure. */
  readonly detail?: string;
}
