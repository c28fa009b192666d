import type { PrivateKeyMaterial } from "./collected";
import { readInput } from "./reading";

/**
 * The private keys, and the PKCS #12 files that may hold some, of a file: those that {@link readContainers} tells of,
 * found by the same reader in the same forms. For those who compare a key with a certificate or write one that a person
 * chose, and for nobody else: an arrow of `.dependency-cruiser.cjs` keeps all others away.
 * @param most how many of them are given back
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
