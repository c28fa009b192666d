import type { PrivateKeyMaterial } from "./collected";
import { readInput } from "./reading";

/**
 * The private keys of a file, and the PKCS #12 files in it that may contain some: those that {@link readContainers}
 * reports, found by the same reader in the same forms. Only for code that compares a key with a certificate or writes
 * one that a person chose: an arrow of `.dependency-cruiser.cjs` keeps all other code away.
 * @param most how many of them are returned
 */
export function readPrivateKeys(bytes: Uint8Array, most: number): readonly PrivateKeyMaterial[] {
  const found: PrivateKeyMaterial[] = [];
  readInput(bytes, {
    keys: (key) => {
      if (found.length < most) found.push(key);
    },
  });
  return found;
}
