import { decodeCertificate } from "../certificates/x509/certificate";
import { orderChain } from "../certificates/x509/chain";
import { comparisonLines } from "../certificates/exports/compare";
import { certificatesJson } from "../certificates/exports/json";
import { certificateText } from "../certificates/exports/text";
import { knownAuthorities, knownLogs } from "../certificates/knowledge/in-use";
import { pemText } from "../certificates/pem-text";

/** The documents of a stored certificate, by their file names. */
export type CertificateDocumentName =
  "fullchain.pem" | "certificate.pem" | "chain.pem" | "certificate.txt" | "changes.txt" | "chain.json";

/** The input of a document. */
export interface CertificateDocumentSource {
  /** DER: the path from the leaf upwards, and what else was sent. */
  readonly chain: readonly Uint8Array[];
  /** Epoch ms: of several paths, the one in force is shown. */
  readonly now: number;
  /** DER of the previously collected leaf. */
  readonly previous?: Uint8Array;
  /** End of the order's paid term, epoch ms. */
  readonly paidUntil?: number;
}

/**
 * The text of a document of a stored certificate; `undefined` if it would be empty.
 * @throws DerError when a certificate is damaged inside
 */
export async function certificateDocument(
  name: CertificateDocumentName,
  collected: CertificateDocumentSource,
): Promise<string | undefined> {
  const { path, others } = await inOrder(collected);
  const chain = path.map(({ der }) => der);
  const pem = (ders: readonly Uint8Array[]) => ders.map((der) => pemText(der)).join("");
  switch (name) {
    case "fullchain.pem":
      return pem(chain);
    case "certificate.pem":
      return pem(chain.slice(0, 1));
    case "chain.pem":
      return pem(chain.slice(1));
    case "certificate.txt":
      return leafText(collected);
    case "changes.txt":
      return changesText(collected);
    case "chain.json":
      return certificatesJson([...path, ...others].map(({ certificate }) => certificate));
  }
}

async function inOrder({ chain, now }: CertificateDocumentSource) {
  const authorities = await knownAuthorities();
  const { path, otherLeaves, unrelated } = orderChain(chain, { now, authorities });
  return { path, others: [...otherLeaves, ...unrelated] };
}

async function leafText({ chain: [leaf] }: CertificateDocumentSource): Promise<string | undefined> {
  if (leaf === undefined) return undefined;
  return certificateText(decodeCertificate(leaf), await knownLogs());
}

/** The leaf's text below a summary of the differences from the previous one. */
async function changesText(collected: CertificateDocumentSource): Promise<string | undefined> {
  const { previous, paidUntil } = collected;
  const [leaf] = collected.chain;
  if (previous === undefined || leaf === undefined) return undefined;
  const lines = comparisonLines(decodeCertificate(previous), decodeCertificate(leaf), paidUntil);
  return `${lines.map((line) => `# ${line}\n`).join("")}\n${(await leafText(collected)) ?? ""}`;
}
