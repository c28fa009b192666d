import { readProtection } from "./decryption";
import type { Element } from "../asn1/der";
import { isClosed, type Pkcs12Error } from "./error";
import { readAuthenticationCode } from "./integrity";
import { HashBudget } from "./password";
import { Bag, readBags, readEncryptedKey, type Pfx } from "./structure";

/** The parts of a PKCS #12 file that no password can open here. */
export interface Survey {
  /** Why none of it can be opened. */
  readonly whole?: Pkcs12Error;
  /** Why none of the keys that are visible without the password can be opened. */
  readonly keys?: Pkcs12Error;
}

/**
 * Examines the unencrypted structure of a PKCS #12 file before a password is asked for or tried: whether its
 * protection is supported here, and does not need too much work. One unsupported part does not affect the others.
 * @throws Pkcs12Error `unsupported`, `limit` of the authentication code, without which passwords cannot be told apart;
 *   DerError
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

/** Why none of them can be opened; `undefined` if one may, and for an empty list. */
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
 * Whether a file contains only secret keys, which Java key stores contain beside private keys (keytool -genseckey):
 * then a password does not reveal anything to show.
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
