import { extensionOf, type Certificate } from "../x509/certificate";
import type { GeneralSubtree, NameConstraints } from "../extensions/name-constraints";

/** Characters of a host name (RFC 1035 section 2.3.4); of a longer text the end is compared. */
const MAX_HOST = 255;

/**
 * The first name of a certificate that a CA's name constraints do not allow (RFC 5280 section 4.2.1.10). DNS names and
 * e-mail addresses are compared; other types are not judged. Work is proportional to names and constraints together.
 */
export function nameViolation({ permitted, excluded }: NameConstraints, certificate: Certificate): string | undefined {
  const limits = { permitted: new Subtrees(permitted), excluded: new Subtrees(excluded) };
  for (const name of extensionOf(certificate, "subjectAltName")?.names ?? []) {
    if (name.type !== "dNSName" && name.type !== "rfc822Name") continue;
    const { type, value } = name;
    const isPermitted = !limits.permitted.has(type) || limits.permitted.hold(type, value);
    if (!isPermitted || limits.excluded.hold(type, value)) return value;
  }
  return undefined;
}

type Type = "dNSName" | "rfc822Name";

/** Constraints in a form in which names can be looked up. */
class Subtrees {
  private readonly types = new Set<string>();
  /** Domains that stand for themselves and all below, without a leading dot; "" is everything. */
  private readonly domains = new Set<string>();
  /** For e-mail: whole addresses, hosts, and, with a leading dot, domains that stand for the hosts below them. */
  private readonly mail = new Set<string>();

  constructor(subtrees: readonly GeneralSubtree[]) {
    for (const { base } of subtrees) {
      this.types.add(base.type);
      if (base.type === "dNSName") this.domains.add(base.value.toLowerCase().replace(/^\./, ""));
      if (base.type === "rfc822Name") this.mail.add(base.value.toLowerCase());
    }
  }

  /** Whether there are constraints of the type: only then are names outside of them excluded. */
  has(type: Type): boolean {
    return this.types.has(type);
  }

  hold(type: Type, value: string): boolean {
    const name = value.toLowerCase();
    if (type === "dNSName") return this.domains.has("") || suffixesOf(name).some((suffix) => this.domains.has(suffix));
    const host = name.slice(name.lastIndexOf("@") + 1);
    // With a leading dot, it is only for the hosts below; without one, only for the host itself.
    if (this.mail.has(name) || this.mail.has(host)) return true;
    return suffixesOf(host).some((suffix) => this.mail.has(`.${suffix}`) && suffix !== host);
  }
}

/** A name and the domains above it. */
function suffixesOf(name: string): readonly string[] {
  const end = name.slice(-MAX_HOST);
  const suffixes = [name];
  for (let point = end.indexOf("."); point >= 0; point = end.indexOf(".", point + 1))
    suffixes.push(end.slice(point + 1));
  return suffixes;
}
