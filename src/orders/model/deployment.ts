import type { Phrase } from "../../words/phrase";

/**
 * How a connection to a server becomes TLS. `tls`: at once. The others by a command of the protocol first: SMTP (RFC
 * 3207), IMAP (RFC 9051 section 6.2.1), LDAP (RFC 4511 section 4.14) and PostgreSQL (its SSLRequest message).
 */
export const SERVER_PROTOCOLS = ["tls", "smtp", "imap", "ldap", "postgresql"] as const;

export type ServerProtocol = (typeof SERVER_PROTOCOLS)[number];

/** A server that is to serve an order's certificate. Read from text by `server-place.ts`. */
export interface ServerPlace {
  /** A name in A-labels, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly protocol: ServerProtocol;
}

/** What runs after an order's certificate was saved: a task of the editor, by its name alone. */
export interface AfterSaving {
  readonly task: string;
}

/** That a person chose it. */
export interface ChosenTask extends AfterSaving {
  /** Epoch ms: what was saved before does not wait for it. */
  readonly since: number;
}

/** The last task that ran after saving. Without `endedAt`: it runs, or its window ended before it did. */
export interface TaskRun {
  /** Which certificate was saved: SHA-256 of its DER, lower-case hex. */
  readonly leaf: string;
  readonly task: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms. */
  readonly endedAt?: number;
  /** Absent if the task has no process, or was stopped. */
  readonly exitCode?: number;
}

/** What one address of a server presented. */
export interface ServedAddress {
  /** An IP address; empty if the name resolved to none. */
  readonly address: string;
  /** `other`: a certificate that is not the one asked about. `unreachable`: none was presented. */
  readonly state: "this" | "other" | "unreachable";
  /** SHA-256 of the presented certificate's DER, lower-case hex. */
  readonly leaf?: string;
  /** When that expires. Epoch ms. */
  readonly notAfter?: number;
  /** Why it is unreachable, or what else there is to say of it, in English. */
  readonly message?: string;
  /** The same in words yet to be said; see {@link SaidMessage.said}. */
  readonly said?: Phrase;
}

/** What a server presented when it was last asked about an order's certificate. */
export interface ServedNote {
  /** Epoch ms. */
  readonly at: number;
  readonly place: ServerPlace;
  /** The certificate that was asked about: SHA-256 of its DER, lower-case hex. */
  readonly leaf: string;
  /** When all its addresses were first seen serving it. Epoch ms; absent unless all do now. */
  readonly since?: number;
  readonly addresses: readonly ServedAddress[];
}

/** Addresses of one server that are asked and noted. */
export const MAX_SERVED_ADDRESSES = 16;
/** Servers of one order. */
export const MAX_ORDER_SERVERS = 32;
/** Characters of a task's name. */
export const MAX_TASK_NAME = 200;
