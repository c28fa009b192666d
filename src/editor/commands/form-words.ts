import type { ParameterQuestion } from "../../api/questions";
import type { ParameterName } from "../../api/parameter";
import { localize, localized } from "../base/localize";

/** What a question about a parameter asks, in a few words. */
export function questionWords(name: ParameterName): string {
  switch (name) {
    case "queryType":
      return localize("What do you want to collect?");
    case "responseType":
      return localize("In which format?");
    case "responseEncoding":
      return localize("As text or binary?");
    case "responseFormat":
      return localize("How should the lines of the answer be written?");
    case "showValidityPeriod":
      return localize("With the validity period?");
    case "showFQDN":
      return localize("With the domain name?");
    case "showExtStatus":
      return localize("With the certificate and validation statuses?");
    case "showMDCDomainDetails":
      return localize("With the domains and their validation?");
    case "showMDCDomainDetails2":
      return localize("With the domains, including those that await brand validation?");
    case "showStatusDetails":
      return localize("With the validation steps?");
    case "behaviourVersion":
      return localize("What should the CA answer for a replaced certificate?");
    default:
      return name;
  }
}

/** What a value of a parameter gives the person, in plain words; `undefined` if the page's own are as plain. */
function valueWords(name: ParameterName, value: string): string | undefined {
  switch (`${name}=${value}`) {
    case "queryType=1":
      return localize("Certificate and CA certificates");
    case "queryType=2":
      return localize("Certificate alone");
    case "queryType=3":
      return localize("CA certificates alone (CA bundle)");
    case "queryType=0":
      return localize("Status alone");
    case "responseType=3":
      return localize("PEM blocks, root first, certificate last");
    case "responseType=2":
      return "PKCS #7 (.p7b)";
    case "responseType=0":
      return localize("ZIP with a file for each certificate");
    case "responseType=1":
      return localize("Netscape certificate sequence");
    case "responseType=4":
      return localize("CMMF, for old browsers");
    case "responseEncoding=0":
      return localize("Text (Base64)");
    case "responseEncoding=1":
      return localize("Binary");
    case "responseEncoding=2":
      return localize("JavaScript variables");
    case "responseFormat=0":
      return localize("One value per line");
    case "responseFormat=1":
      return localize("URL-encoded names and values");
    case "behaviourVersion=0":
      return localize("The certificate that replaced it");
    case "behaviourVersion=1":
      return localize("Error -23, “replaced”");
    default:
      return value === "Y" ? localize("Yes") : value === "N" ? localize("No") : undefined;
  }
}

/** The order in which values are offered: the most useful first. Others follow in the order of the page. */
const FIRST: Readonly<Partial<Record<ParameterName, readonly string[]>>> = {
  queryType: ["1", "2", "3", "0"],
  responseType: ["3", "2", "0", "1", "4"],
};

/**
 * The values that a question offers, in plain words, with the parameter as the CA's page writes it. Why the page does
 * not allow others stands beside the first.
 */
export function offeredValues({
  parameter: { name },
  options,
  because,
}: ParameterQuestion): readonly { readonly label: string; readonly description: string; readonly value: string }[] {
  const order = FIRST[name] ?? [];
  const place = (value: string): number => (order.includes(value) ? order.indexOf(value) : order.length);
  return [...options]
    .sort((a, b) => place(a.value) - place(b.value))
    .map(({ value, meaning }, index) => ({
      label: valueWords(name, value) ?? meaning,
      description: [`${name}=${value}`, ...(index === 0 ? because.map(localized) : [])].join(" · "),
      value,
    }));
}
