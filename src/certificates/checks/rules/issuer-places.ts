import { phrase, type Phrase } from "../../../words/phrase";
import type { AccessDescription } from "../../extensions/information-access";
import type { GeneralName } from "../../names/general-name";
import { valueOf, type Subject } from "./rule";

/** Methods of authorityInfoAccess (RFC 5280 section 4.2.2.1). */
export const OCSP = "1.3.6.1.5.5.7.48.1";
export const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";

/** Whether a name is a URL with the scheme "http"; "https" would need a certificate to check a certificate. */
export const isHttpUrl = (name: GeneralName): boolean => /^http:\/\/./i.test(urlOf(name) ?? "");

export const urlOf = (name: GeneralName): string | undefined =>
  name.type === "uniformResourceIdentifier" ? name.value : undefined;

/** All names of a certificate's distribution points. Ends the rule where they could not be read. */
export const listNamesOf = (subject: Subject): readonly GeneralName[] | undefined =>
  valueOf(subject, "cRLDistributionPoints")?.points.flatMap(({ fullName }) => fullName ?? []);

/** The services of its issuer that a certificate names. Ends the rule where they could not be read. */
export const accessOf = (subject: Subject): readonly AccessDescription[] =>
  valueOf(subject, "authorityInfoAccess")?.descriptions ?? [];

/** What is said of a certificate that names its issuer's certificate (RFC 5280 section 4.2.1.1). */
export function issuerFixed(subject: Subject): Phrase | undefined {
  const authority = valueOf(subject, "authorityKeyIdentifier");
  return authority?.authorityCertIssuer === undefined && authority?.authorityCertSerialNumber === undefined
    ? undefined
    : phrase(
        "It names its issuer's certificate, not only its issuer's key, so that the CA cannot renew that certificate.",
      );
}
