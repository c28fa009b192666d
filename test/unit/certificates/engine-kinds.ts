/** The two crypto engines that editors have: Node.js's and that of Electron. */
export type CryptoEngine = "OpenSSL" | "BoringSSL";

/** A kind of key whose signatures some engine cannot check. */
export interface EngineKind {
  /** The fixture in `keys/`, signed with its own key. */
  readonly name: string;
  readonly lackedBy: readonly CryptoEngine[];
  /** What the page says where the engine lacks it, between “cannot verify” and the end of the sentence. */
  readonly says: string;
}

/**
 * What engines cannot. A test asks the engine that it runs on, and compares what the page says of each: no row may be
 * missing, and none may be left over. DSA has no engine here: we pass such keys to none (`keys/importable-key.ts`).
 */
export const ENGINE_KINDS: readonly EngineKind[] = [
  {
    name: "binary-curve",
    lackedBy: ["BoringSSL"],
    says: "ECDSA with SHA-256 made with a key of type EC sect233r1",
  },
  {
    name: "brainpool",
    lackedBy: ["BoringSSL"],
    says: "ECDSA with SHA-256 made with a key of type EC brainpoolP256r1",
  },
  { name: "dsa", lackedBy: ["OpenSSL", "BoringSSL"], says: "DSA with SHA-256 made with a key of type DSA" },
  { name: "ed25519", lackedBy: [], says: "" },
  { name: "ed448", lackedBy: ["BoringSSL"], says: "Ed448 made with a key of type Ed448" },
  { name: "explicit-curve", lackedBy: [], says: "" },
  { name: "p-192", lackedBy: ["BoringSSL"], says: "ECDSA with SHA-256 made with a key of type EC P-192" },
  { name: "p-224", lackedBy: [], says: "" },
  { name: "p-384", lackedBy: [], says: "" },
  { name: "p-521", lackedBy: [], says: "" },
  { name: "rsa-1024", lackedBy: [], says: "" },
  { name: "rsa-exponent-3", lackedBy: [], says: "" },
  { name: "rsa-pss", lackedBy: ["BoringSSL"], says: "RSA-PSS made with a key of type RSA-PSS 1024" },
  { name: "secp256k1", lackedBy: ["BoringSSL"], says: "ECDSA with SHA-256 made with a key of type EC secp256k1" },
];
