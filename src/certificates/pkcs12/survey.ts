import { readProtection } from "./decryption";
import type { Element } from "../asn1/der";
import { isClosed, type Pkcs12Error } from "./error";
import { readAuthenticationCode } from "./integrity";
import { HashBudget } from "./password";
import { Bag, readBags, readEncryptedKey, type Pfx } from "./structure";

/** What of a PKCS #12 file no password opens here. */
export interface Survey {
  /** Why nothing of it opens. */
  readonly whole?: Pkcs12Error;
  /** Why none of the keys opens that can be told before there is a password. */
  readonly keys?: Pkcs12Error;
}

/**
 * Looks at what of a PKCS #12 file lies open, before a password is asked for or tried: whether it is protected in ways
 * that are read here, by no more work than is done. A part that is not leaves the others as they are.
 * @throws Pkcs12Error `unsupported`, `limit` of the authentication code, without which no password is told from
 *   another; DerError
 */
export function surveyPfx({ macData, safes }: Pfx): Survey {
  const budget = new HashBudget();
  if (macData !== undefined) budget.spend(readAuthenticationCode(macData).work);
  const refusalOf = (algorithm: Element) => refusal(algorithm, budget);
  const keys: (Pkcs12Error | undefined)[] = [];
  const others: (Pkcs12Error | undefined)[] = [];
  for (const safe of safes) {
    if ("encrypted" in safe) {
      others.push(refusalOf(safe.encrypted.algorithm));
      continue;
    }
    for (const { type, value } of readBags(safe.contents)) {
      if (type === Bag.SHROUDED_KEY) keys.push(refusalOf(readEncryptedKey(value).algorithm));
      else if (type === Bag.KEY) keys.push(undefined);
      else if (type !== Bag.SECRET) others.push(undefined);
    }
  }
  const ofKeys = refusalOfAll(keys);
  const whole = refusalOfAll([...others, ...keys]);
  return { ...(whole !== undefined && { whole }), ...(ofKeys !== undefined && { keys: ofKeys }) };
}

/** Why none of them opens; `undefined` where one may, and of an empty list. */
const refusalOfAll = (refusals: readonly (Pkcs12Error | undefined)[]): Pkcs12Error | undefined =>
  refusals.includes(undefined) ? undefined : refusals[0];

function refusal(algorithm: Element, budget: HashBudget): Pkcs12Error | undefined {
  try {
    budget.spend(readProtection(algorithm).work);
    return undefined;
  } catch (error) {
    if (isClosed(error)) return error;
    throw error;
  }
}

/**
 * Whether there is nothing in a file but secrets, as Java's key stores hold them beside private keys (keytool
 * -genseckey): a password opens nothing that is shown.
 * @throws DerError
 */
export function holdsSecretsAlone({ safes }: Pfx): boolean {
  let secrets = 0;
  for (const safe of safes) {
    if ("encrypted" in safe) return false;
    for (const { type } of readBags(safe.contents)) {
      if (type !== Bag.SECRET) return false;
      secrets++;
    }
  }
  return secrets > 0;
}
