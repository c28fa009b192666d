// What the checks of validation want of the network; `src/net` implements it, and tests bring servers of their own.

/** Types of records that are asked for. A DS record is answered as `other`, with its code. */
export type RecordType = "A" | "AAAA" | "CAA" | "CNAME" | "DS" | "MX" | "NS" | "SOA" | "TXT";

export interface DnsQuestion {
  /** A-labels in lower case, without a final dot; never with `*`. */
  readonly name: string;
  readonly type: RecordType;
}

/** A server that answers questions of the DNS. */
export interface NameServer {
  /** `resolver`: the system's, or one of the setting; `authoritative`: of the domain's zone, asked not to recurse. */
  readonly kind: "resolver" | "authoritative";
  /** IPv4 or IPv6. */
  readonly address: string;
  readonly port: number;
  /** What the zone calls it; only of authoritative ones. */
  readonly name?: string;
}

/** A record (RFC 1035 section 3.2.1). Names are in lower case, without a final dot; TTLs in seconds. */
export type DnsRecord = { readonly name: string; readonly ttl: number } & (
  | { readonly type: "A" | "AAAA"; readonly address: string }
  /** The target as published, case kept. */
  | { readonly type: "CNAME" | "NS"; readonly target: string }
  | CaaData
  /** Its character-strings joined (RFC 7208 section 3.3). */
  | { readonly type: "TXT"; readonly text: string }
  | { readonly type: "MX"; readonly exchange: string; readonly preference: number }
  /** `minimum`: how long "no such name" may be repeated, seconds (RFC 2308 section 4). */
  | { readonly type: "SOA"; readonly primary: string; readonly minimum: number }
  | { readonly type: "other"; readonly code: number }
);

/** RFC 8659 section 4.1. */
export interface CaaData {
  readonly type: "CAA";
  /** The whole flags byte; bit 0x80 is "critical". */
  readonly flags: number;
  /** As published. */
  readonly tag: string;
  /** As published, a NUL and an empty text included. */
  readonly value: string;
}

/** RCODE (RFC 1035 section 4.1.1, RFC 8914 for none of it): the names that are met, and the number of others. */
export type ResponseCode = "NOERROR" | "NXDOMAIN" | "SERVFAIL" | "REFUSED" | "NOTIMP" | "FORMERR" | `RCODE${number}`;

export type DnsReply = DnsAnswered | DnsFailed;

export interface DnsAnswered {
  readonly kind: "answered";
  readonly code: ResponseCode;
  /** The answer section, in its order: the chain of aliases and what stands at its end. */
  readonly records: readonly DnsRecord[];
  /** The authority section: of "no such name", the SOA of the zone. */
  readonly authority: readonly DnsRecord[];
  /** AA: the server has the zone itself. */
  readonly isAuthoritative: boolean;
  /** AD: the resolver validated the answer (RFC 4035 section 3.2.3). */
  readonly isAuthenticated: boolean;
  /** Asked again over TCP because the answer over UDP was cut. */
  readonly usedTcp: boolean;
}

export interface DnsFailed {
  readonly kind: "failed";
  readonly reason: "timed-out" | "unreachable" | "malformed" | "cancelled";
}

/** Asks one server one question, over UDP and, where the answer is cut, over TCP. Never rejects. */
export interface ResolveDns {
  /** The resolvers of the system, or of the setting, in their order; empty where the system names none. */
  readonly resolvers: readonly NameServer[];
  /** A server of a zone at an address, on the port that such servers have. */
  authoritative(name: string, address: string): NameServer;
  /** @param checkingDisabled CD: the resolver is to answer even where signatures are wrong (RFC 4035 section 3.2.2) */
  ask(
    question: DnsQuestion,
    server: NameServer,
    options: { readonly checkingDisabled: boolean },
    signal: AbortSignal,
  ): Promise<DnsReply>;
}

/** One request over HTTP or HTTPS, to the address given: names are not looked up again, redirects not followed. */
export interface FileRequest {
  /** http or https, without a port: what a CA asks for on port 80 or 443. */
  readonly url: string;
  /** IPv4 or IPv6, one of the host in `url`. */
  readonly address: string;
}

export type FileReply =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly location?: string;
      readonly contentType?: string;
      /** The first bytes of the body, at most {@link MAX_FILE_START}. */
      readonly start: Uint8Array;
      /** Whether the body goes on after `start`. */
      readonly more: boolean;
      /** Why a browser would refuse the server's certificate; absent over http, and where it would not. */
      readonly tlsFault?: string;
    }
  | {
      readonly kind: "failed";
      readonly reason: "timed-out" | "refused" | "unreachable" | "tls" | "malformed" | "cancelled";
    };

/** Bytes of a body that are read. */
export const MAX_FILE_START = 1024;

/** Sends no cookies, no credentials, and nothing of this computer but a user agent. Never rejects. */
export type FetchFile = (request: FileRequest, signal: AbortSignal) => Promise<FileReply>;

/** Everything that a check asks. */
export interface LookPorts {
  readonly dns: ResolveDns;
  readonly fetchFile: FetchFile;
  /** Whether the CA could reach an address: no private, loopback, link-local or reserved one; all in the sandbox. */
  readonly isPublic: (address: string) => boolean;
  readonly now: () => number;
  /** Letters and digits that nobody has published, for the name next to an expected one. */
  readonly random: () => string;
}
