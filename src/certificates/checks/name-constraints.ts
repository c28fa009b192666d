import { extensionOf, type Certificate } from "../certificate";
import type { GeneralSubtree, NameConstraints } from "../extensions/name-constraints";
import type { GeneralName } from "../names/general-name";

/**
 * The first name of a certificate that a CA's name constraints do not allow (RFC 5280 section 4.2.1.10). DNS names and addresses of
 * e-mail are compared; of the other types nothing is said.
 */
export function nameViolation({ permitted, excluded }: NameConstraints, certificate: Certificate): string | undefined {
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  for (const name of names) {
    if (name.type !== "dNSName" && name.type !== "rfc822Name") continue;
    const ofType = (subtrees: readonly GeneralSubtree[]) => subtrees.filter(({ base }) => base.type === name.type);
    const within = (subtrees: readonly GeneralSubtree[]) => subtrees.some(({ base }) => isWithin(name.value, base));
    const limits = ofType(permitted);
    if (within(ofType(excluded)) || (limits.length > 0 && !within(limits))) return name.value;
  }
  return undefined;
}

function isWithin(value: string, base: GeneralName): boolean {
  const name = value.toLowerCase();
  if (base.type === "dNSName") return isBelow(name, base.value.toLowerCase());
  if (base.type !== "rfc822Name") return false;
  const limit = base.value.toLowerCase();
  if (limit.includes("@")) return name === limit;
  const host = name.slice(name.lastIndexOf("@") + 1);
  // With a point in front it is for the hosts below alone, without one for the host itself.
  return limit.startsWith(".") ? host.endsWith(limit) : host === limit;
}

/** A domain allows itself and all below; the empty one everything. */
function isBelow(name: string, domain: string): boolean {
  const bare = domain.replace(/^\./, "");
  return bare === "" || name === bare || name.endsWith(`.${bare}`);
}
