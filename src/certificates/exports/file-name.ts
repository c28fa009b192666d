import { extensionOf, type Certificate } from "../x509/certificate";
import { NAMELESS, ownName } from "../details/display-name";
import { notDevice } from "../../shape/windows-name";

/** Most characters of a name without its ending. */
const MAX_LENGTH = 80;

/** The base name for the files of a certificate: its first name, with "wildcard." instead of an asterisk. */
export function baseNameOf(certificate: Certificate): string {
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  const domain = names.find(({ type }) => type === "dNSName");
  const name = ownName(certificate) ?? NAMELESS.text;
  // A common name of words ("Example Harbour GmbH") says less than the domain.
  return safeBaseName(/^[^\s.]+(\.[^\s.]+)+$/.test(name) || domain?.type !== "dNSName" ? name : domain.value);
}

/**
 * A name that every file system accepts, and that does not lead elsewhere: letters, digits, dots, hyphens and
 * underscores.
 */
export function safeBaseName(name: string): string {
  const safe = name
    .toLowerCase()
    .replace(/^\*\./, "wildcard.")
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .slice(0, MAX_LENGTH)
    .replace(/^[.-]+/, "")
    .replace(/[.-]{1,80}$/, "");
  return safe === "" ? "certificate" : notDevice(safe, "certificate");
}
