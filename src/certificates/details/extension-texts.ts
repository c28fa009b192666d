/** How an extension is called, and what it is for. */
export interface ExtensionText {
  readonly title: string;
  readonly explanation: string;
}

const entry = (title: string, explanation: string): ExtensionText => ({ title, explanation });

/** By OID. Sources are the specifications that the readers in `extensions/` name. */
export const EXTENSION_TEXTS: ReadonlyMap<string, ExtensionText> = new Map([
  [
    "2.5.29.14",
    entry(
      "Subject Key Identifier",
      "Names the key of this certificate, so that certificates issued by it can point to it.",
    ),
  ],
  ["2.5.29.15", entry("Key Usage", "What the key may be used for at all.")],
  [
    "2.5.29.17",
    entry(
      "Subject Alternative Name",
      "The names that this certificate is valid for. Programs compare these, not the common name.",
    ),
  ],
  ["2.5.29.18", entry("Issuer Alternative Name", "Further names of the issuer.")],
  ["2.5.29.19", entry("Basic Constraints", "Whether the holder is a CA, and how many CAs may follow below it.")],
  ["2.5.29.35", entry("Authority Key Identifier", "Points to the key of the issuer.")],
  ["2.5.29.37", entry("Extended Key Usage", "The purposes that the certificate may be used for.")],
]);
