import { identifyKeys } from "../certificates/checks/private-key";
import type { Contents } from "../certificates/containers/contents";
import { readContainers } from "../certificates/containers/read";
import { shownCertificates } from "../certificates/details";
import { ownName } from "../certificates/details/display-name";
import { keyIdentity } from "../certificates/keys/key-identity";
import { spelledOut } from "../certificates/names/spelled-out";
import { isCa } from "../certificates/x509/issuing";
import { orderChain, type Chain } from "../certificates/x509/chain";
import type { CertificateInFile, FileFacts } from "../orders/model/certificate-file";
import { alternativeNames } from "./leaf-names";

/** Names that are kept of a certificate, and characters of each. */
const MAX_NAMES = 20;
const MAX_NAME = 255;

/** What a file of the workspace holds. */
export interface FileContents {
  readonly facts: FileFacts;
  /** Of its private keys that can be read without a password: the hashes of their public halves. */
  readonly keys: readonly string[];
}

/** Of each file. @param now epoch ms: of several chains, the one in force counts */
export function readFileFacts(files: readonly Uint8Array[], now: number): readonly FileContents[] {
  return files.map((bytes) => {
    const contents = readContainers(bytes);
    const hasKeys = contents.objects.some(({ kind }) => kind === "privateKey");
    const keys = hasKeys ? identifyKeys(bytes) : [];
    return {
      facts: factsOf(contents, now),
      keys: keys.flatMap((key) => (key.state === "readable" ? key.keyIdentity : [])),
    };
  });
}

function factsOf(contents: Contents, now: number): FileFacts {
  const { objects, damage } = contents;
  const ders = shownCertificates(contents);
  const chain = orderChain(ders, { now });
  const leaf = chain.path[0];
  if (leaf !== undefined) {
    const isDamaged = chain.unreadable.length > 0 || objects.some(({ kind }) => kind === "unreadable");
    return certificateFacts(chain, leaf.der === ders[0], isDamaged);
  }
  if (objects.some(({ kind }) => kind === "pfx")) {
    // No password opens one that was cut.
    return { kind: damage.some(({ code }) => code === "truncated") ? "damaged" : "locked" };
  }
  if (damage.some(({ code }) => code === "empty")) return { kind: "empty" };
  const isOther = objects.some(({ kind }) => kind !== "unreadable" && kind !== "certificate");
  return { kind: isOther ? "other" : "damaged" };
}

function certificateFacts(
  { path, otherLeaves }: Chain,
  isFirst: boolean,
  isDamaged: boolean,
): CertificateInFile | { readonly kind: "damaged" } {
  const certificate = path[0]?.certificate;
  if (certificate === undefined) return { kind: "damaged" };
  const { notAfter } = certificate.validity;
  return {
    kind: "certificate",
    leaf: certificate.fingerprints.sha256,
    name: spelledOut(ownName(certificate) ?? "").slice(0, MAX_NAME),
    names: alternativeNames(certificate)
      .slice(0, MAX_NAMES)
      .map((each) => spelledOut(each).slice(0, MAX_NAME)),
    ...(notAfter !== undefined && { notAfter }),
    keyIdentity: keyIdentity(certificate.publicKey),
    chain: path.length,
    isFirst,
    others: otherLeaves.length,
    isCa: isCa(certificate),
    isDamaged,
  };
}
