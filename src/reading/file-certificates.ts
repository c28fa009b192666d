import { hash } from "node:crypto";
import { readContainers } from "../certificates/containers/read";
import { orderChain } from "../certificates/x509/chain";
import { isCa } from "../certificates/x509/issuing";
import { alternativeNames } from "./leaf-names";

/** The certificates in a file, as far as it takes to tell what they are for. */
export interface CertificatesInFile {
  /** SHA-256 of each one's DER, lower-case hex. */
  readonly hashes: readonly string[];
  /** Those that are not CA certificates. */
  readonly leaves: readonly FileLeaf[];
}

interface FileLeaf {
  readonly names: readonly string[];
  /** Epoch ms; absent if it cannot be read. */
  readonly notAfter?: number;
}

/** Empty for a file without certificates. */
export function certificatesInFile(bytes: Uint8Array): CertificatesInFile {
  const ders = readContainers(bytes).objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
  const { path, otherLeaves } = orderChain(ders);
  const leaves = [...path.slice(0, 1), ...otherLeaves].filter((member) => !isCa(member.certificate));
  return {
    hashes: ders.map((der) => hash("sha256", der)),
    leaves: leaves.map(({ certificate }) => {
      const { notAfter } = certificate.validity;
      return { names: alternativeNames(certificate), ...(notAfter !== undefined && { notAfter }) };
    }),
  };
}
