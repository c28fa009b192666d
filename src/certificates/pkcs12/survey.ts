import { readProtection } from "./decryption";
import { readAuthenticationCode } from "./integrity";
import { HashBudget } from "./password";
import { Bag, readBags, readEncryptedKey, type Pfx, type SafePart } from "./structure";

/**
 * Looks at what of a PKCS #12 file lies open, before a password is asked for or tried: whether it is protected in ways
 * that are read here, by no more work than is done.
 * @throws Pkcs12Error `unsupported`, `limit`: no password opens it here; DerError
 */
export function surveyPfx({ macData, safes }: Pfx): void {
  const budget = new HashBudget();
  if (macData !== undefined) budget.spend(readAuthenticationCode(macData).work);
  for (const safe of safes) surveySafe(safe, budget);
}

function surveySafe(safe: SafePart, budget: HashBudget): void {
  if ("encrypted" in safe) {
    budget.spend(readProtection(safe.encrypted.algorithm).work);
    return;
  }
  for (const { type, value } of readBags(safe.contents)) {
    if (type === Bag.SHROUDED_KEY) budget.spend(readProtection(readEncryptedKey(value).algorithm).work);
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
