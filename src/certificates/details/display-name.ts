import { phrase, type Phrase } from "../../words/phrase";
import { generalNameText } from "../names/general-name";
import { shortName } from "../names/name";
import { segments } from "../names/suspicious-text";
import { extensionOf, type Certificate } from "../x509/certificate";
import { isCa, isSelfIssued } from "../x509/issuing";
import type { Text } from "./page";

/** Most characters of a name that represents a certificate; the page has the whole name among the details. */
const MAX_NAME = 500;

/**
 * The name that a person knows a certificate, or a request for one, by: its common name, or the first alternative
 * name, or another part of its name. At most 500 characters.
 */
export function displayName(holder: Pick<Certificate, "subject" | "extensions">): Text {
  const subject = shortName(holder.subject);
  if (subject !== "") return segments(shortened(subject), "domain");
  const first = extensionOf(holder, "subjectAltName")?.names[0];
  const value = first === undefined ? "(no name)" : generalNameText(first);
  return segments(shortened(value), "domain");
}

const shortened = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name);

/** What a store of that kind is called, for a heading. */
export const PKCS12 = "PKCS #12";

/** What kind of certificate it is, for a heading. */
export function certificateKind(certificate: Certificate): Phrase {
  if (!isCa(certificate)) return phrase("Certificate");
  return isSelfIssued(certificate) ? phrase("Root certificate") : phrase("CA certificate");
}
