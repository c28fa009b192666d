import { phrase, type Phrase } from "../../words/phrase";
import { generalNameText } from "../names/general-name";
import { shortName } from "../names/name";
import { segments } from "../names/suspicious-text";
import { extensionOf, type Certificate } from "../x509/certificate";
import { isCa, isSelfIssued } from "../x509/issuing";
import type { DraftText } from "./draft";

/** Most characters of a name that represents a certificate; the page has the whole name among the details. */
const MAX_NAME = 500;

/**
 * The name that a person knows a certificate, or a request for one, by: its common name, or the first alternative
 * name, or another part of its name; words of ours for one without. At most 500 characters.
 */
export function displayName(holder: NameHolder): DraftText {
  const name = ownName(holder);
  return name === undefined ? NAMELESS : segments(name, "domain");
}

type NameHolder = Pick<Certificate, "subject" | "extensions">;

/** The same without our words: `undefined` for a certificate without a name. */
export function ownName(holder: NameHolder): string | undefined {
  const subject = shortName(holder.subject);
  if (subject !== "") return shortened(subject);
  const first = extensionOf(holder, "subjectAltName")?.names[0];
  return first && shortened(generalNameText(first));
}

/** Instead of the name of a certificate without one. */
export const NAMELESS = phrase("(no name)");

const shortened = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name);

/** What a store of that kind is called, for a heading. */
export const PKCS12 = "PKCS #12";

/** What kind of certificate it is, for a heading. */
export function certificateKind(certificate: Certificate): Phrase {
  if (!isCa(certificate)) return phrase("Certificate");
  return isSelfIssued(certificate) ? phrase("Root certificate") : phrase("CA certificate");
}
