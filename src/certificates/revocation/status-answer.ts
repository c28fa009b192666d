import type { CrlReason } from "../extensions/revocation";

/** What a status service says of one certificate. All times are epoch ms. */
export type StatusAnswer =
  | ({ readonly status: "good" | "unknown" } & Freshness)
  | ({
      readonly status: "revoked";
      readonly since: number;
      /** Absent where the CA gives none. */
      readonly reason?: CrlReason;
    } & Freshness)
  | Unusable;

/** An answer that tells nothing. */
export interface Unusable {
  readonly status: "unusable";
  readonly code: UnusableCode;
  /** One sentence for a person. */
  readonly message: string;
}

/**
 * `refused`: the service says that it cannot or will not answer. `malformed`: not what the protocol has.
 * `other-certificate`: it is about another certificate or another part of them. `wrong-signer`: signed by nobody who
 * may. `bad-signature`. `cannot-check`: this crypto engine does not know the signature. `stale`: too old, or of the
 * future.
 */
export type UnusableCode =
  "refused" | "malformed" | "other-certificate" | "wrong-signer" | "bad-signature" | "cannot-check" | "stale";

export interface Freshness {
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
}

export const unusable = (code: UnusableCode, message: string): Unusable => ({ status: "unusable", code, message });

/** ms by which the clocks of a service and of this computer may differ. */
const SKEW = 5 * 60_000;
/**
 * ms that an answer holds which does not say how long; answers of public CAs hold ten days at most (TLS BR section
 * 4.9.9).
 */
const DEFAULT_LIFE = 10 * 86_400_000;

/** Why an answer is not of now, if it is not. */
export function staleness({ thisUpdate, nextUpdate }: Freshness, now: number): Unusable | undefined {
  if (thisUpdate > now + SKEW) {
    return unusable("stale", "The response is dated in the future: check this computer's clock.");
  }
  if ((nextUpdate ?? thisUpdate + DEFAULT_LIFE) < now - SKEW) {
    return unusable("stale", "The response is too old to say anything about today.");
  }
  return undefined;
}
