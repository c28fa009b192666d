import type { GeneralName } from "../../names/general-name";
import { valueOf, type Subject } from "./rule";

/** Whether a name is a URL with the scheme "http"; "https" would need a certificate to check a certificate. */
export const isHttpUrl = (name: GeneralName): boolean =>
  name.type === "uniformResourceIdentifier" && /^http:\/\/./i.test(name.value);

/** All names of a certificate's distribution points. Ends the rule where they could not be read. */
export const listNamesOf = (subject: Subject): readonly GeneralName[] | undefined =>
  valueOf(subject, "cRLDistributionPoints")?.points.flatMap(({ fullName }) => fullName ?? []);

/** Methods of authorityInfoAccess (RFC 5280 section 4.2.2.1) with the words for what is there. */
export const ACCESS_WORDS: ReadonlyMap<string, string> = new Map([
  ["1.3.6.1.5.5.7.48.1", "its CA's OCSP service"],
  ["1.3.6.1.5.5.7.48.2", "its CA's certificate"],
]);
