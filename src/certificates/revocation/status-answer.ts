import { phrase, type Phrase } from "../../words/phrase";
import type { CrlReason } from "../extensions/revocation";

/** The response of a status service about one certificate. All times are epoch ms. */
export type StatusAnswer =
  | ({ readonly status: "good" | "unknown" } & Freshness)
  | ({
      readonly status: "revoked";
      readonly since: number;
      /** Absent if the CA does not give one. */
      readonly reason?: CrlReason;
    } & Freshness)
  | Unusable;

/** A response that does not give a result. */
export interface Unusable {
  readonly status: "unusable";
  readonly code: UnusableCode;
  /** One sentence for a person. */
  readonly message: Phrase;
}

/**
 * `refused`: the service says that it cannot or will not answer. `malformed`: does not follow the protocol.
 * `other-certificate`: it is about another certificate or another part of them. `wrong-signer`: the signer was not
 * allowed to sign it. `bad-signature`. `cannot-check`: this crypto engine does not know the signature. `stale`: too
 * old, or dated in the future.
 */
export type UnusableCode =
  "refused" | "malformed" | "other-certificate" | "wrong-signer" | "bad-signature" | "cannot-check" | "stale";

export interface Freshness {
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
}

export const unusable = (code: UnusableCode, message: Phrase): Unusable => ({ status: "unusable", code, message });

/** How many ms the clocks of a service and of this computer may differ. */
const SKEW = 5 * 60_000;
/**
 * How many ms a response is valid if it does not say; responses of public CAs are valid for at most ten days (TLS BR
 * section 4.9.9).
 */
const DEFAULT_LIFE = 10 * 86_400_000;

/** Why a response is not current, if it is not. */
export function staleness({ thisUpdate, nextUpdate }: Freshness, now: number): Unusable | undefined {
  if (thisUpdate > now + SKEW) {
    return unusable("stale", phrase("The response is dated in the future: check this computer's clock."));
  }
  if ((nextUpdate ?? thisUpdate + DEFAULT_LIFE) < now - SKEW) {
    return unusable("stale", phrase("The response is too old to say anything about today."));
  }
  return undefined;
}
