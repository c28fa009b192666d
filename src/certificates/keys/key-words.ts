import type { PublicKey } from "./public-key";

/** A key in two words: "RSA 2048", "EC P-256", "Ed25519". */
export function keyWords({ key, algorithm }: PublicKey): string {
  switch (key.type) {
    case "RSA":
      return `RSA ${key.bits}`;
    case "EC":
      return `EC ${key.curve ?? "with a curve of its own"}`;
    case "DSA":
      return "DSA";
    case "raw":
      return key.name;
    case "unreadable":
      return algorithm.name ?? algorithm.oid;
  }
}
