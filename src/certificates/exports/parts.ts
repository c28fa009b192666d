import { phrase } from "../../words/phrase";
import { isSelfIssued, type ChainMember } from "../x509/issuing";
import { pemText } from "../pem-text";
import { ExportError } from "./error";

/**
 * Which certificates of a path. `leaf`: only the certificate. `chain`: the CA certificates without the root.
 * `fullchain`: both, the leaf first, as servers send it (RFC 8446 section 4.4.2). `-root`: with the root at its end.
 * `root-first`: everything, the other way round, as the CA sends it.
 */
export type ExportPart = "leaf" | "chain" | "chain-root" | "fullchain" | "fullchain-root" | "root-first";

/**
 * The certificates of a part, in its order. A chain without CA certificates is empty.
 * @param path leaf first, as `orderChain` gives it
 * @throws ExportError `nothing` for an empty path
 */
export function membersOf(path: readonly ChainMember[], part: ExportPart): readonly ChainMember[] {
  const [leaf, ...authorities] = path;
  if (leaf === undefined) throw new ExportError("nothing", phrase("There is no certificate to write."));
  const intermediates = authorities.filter(({ certificate }) => !isSelfIssued(certificate));
  switch (part) {
    case "leaf":
      return [leaf];
    case "chain":
      return intermediates;
    case "chain-root":
      return authorities;
    case "fullchain":
      return [leaf, ...intermediates];
    case "fullchain-root":
      return path;
    case "root-first":
      return path.toReversed();
  }
}

/** Certificates in PEM, concatenated. */
export function pemOf(members: readonly ChainMember[]): string {
  return members.map(({ der }) => pemText(der)).join("");
}
