import type { RequestParameters } from "./form-parameter";
import type { IssueFacts } from "./order-state";
import { bought, orderWord, statusWord, validationNow } from "./order-words";
import { subjectName, type OrderScript } from "./script";
import { unixSeconds, type AnswerPair, type SandboxRow } from "./service-answer";
import type { OrderLookup } from "./service-request";

/**
 * What a report says of the persons behind an order. All of it is invented, and no word of it stands elsewhere, so that
 * a search finds whatever survives that must not.
 */
export const PERSONAL_COLUMNS = {
  organizationalUnitName: "Quarterdeck Unit",
  postOfficeBox: "Letterbox 90210-X",
  streetAddress1: "Lighthouse Lane 17b",
  streetAddress2: "Stairway Foxtrot",
  streetAddress3: "Attic Tango",
  localityName: "Gullhaven",
  stateOrProvinceName: "Saltmarsh County",
  postalCode: "QX4 7ZZ",
  telephoneNumber: "+00 5550 917324",
  emailAddress: "registrant@persons.example",
} as const;

/** The orderer's own number of an order. */
export function foreignNumber(orderNumber: string): string {
  return `PO-${orderNumber}`;
}

/** Who ordered: the organization in the certificate, or a private person. */
export function organizationOf({ certificates }: OrderScript): string {
  const subject = certificates[0]?.profile.subject ?? [];
  return subject.find(([type]) => type === "organizationName")?.[1] ?? "Private Customer";
}

/** The row of an order and its newest certificate; with showOldItems those that it replaced too. */
export function reportRow(given: RequestParameters, lookup: OrderLookup, now: number): SandboxRow {
  const { script, look } = lookup;
  const shows = (flag: string): boolean => given.get(flag) === "Y";
  const validation = validationNow(look, script);
  const order: readonly AnswerPair[] = [
    ["orderNumber", script.orderNumber],
    ["foreignOrderNumber", foreignNumber(script.orderNumber)],
    ["dateTime", unixSeconds(look.placedAt)],
    ["orderStatus", orderWord(look, now)],
    ["organizationName", organizationOf(script)],
    ...Object.entries(PERSONAL_COLUMNS),
    ["countryName", "ZZ"],
    ...(validation.validationStatus === undefined
      ? []
      : ([["validationStatus", validation.validationStatus]] as const)),
    ...(shows("showCost") ? ([["cost", "0.00"]] as const) : []),
    ...(shows("showAssociatedOrders") && script.baseOrderNumber !== undefined
      ? ([["associatedOrders", script.baseOrderNumber]] as const)
      : []),
  ];
  const issued = shows("showOldItems") ? look.issued : look.issued.slice(0, 1);
  const items = (issued.length > 0 ? issued : [undefined]).map((facts, place): readonly AnswerPair[] => [
    ["type", bought(script)[0]],
    ...names(script, shows("showAdditionalDomains")),
    ["status", place === 0 ? statusWord(look, now) : "Replaced"],
    ["lastStatusChange", unixSeconds(look.changedAt)],
    ...(facts ? issue(facts, shows) : []),
    ["certificateDuration", look.certificateDays],
    ["productTermDuration", look.termDays],
    ["keySize", script.certificates[0]?.profile.key === "rsa-2048" ? 2048 : 256],
    ["webServerSoftware", "OTHER"],
    ...(shows("showStatusDetails") ? steps(lookup) : []),
  ]);
  return script.oddity?.columns ? oddRow({ order, items }, script.oddity.columns) : { order, items };
}

/** A person's certificate has an address instead of a domain. */
function names(script: OrderScript, showsAll: boolean): readonly AnswerPair[] {
  const { dnsNames, emailAddresses } = script.certificates[0]?.profile ?? {};
  if (emailAddresses) return [["subjectEmailAddress", subjectName(script)]];
  const others = dnsNames?.slice(1) ?? [];
  return [
    ["domain", subjectName(script)],
    ...(showsAll && others.length > 0 ? ([["mdcDomainNames", others.join(",")]] as const) : []),
  ];
}

function issue(facts: IssueFacts, shows: (flag: string) => boolean): readonly AnswerPair[] {
  const { serialNumber, notBefore, notAfter, certificateID } = facts;
  return [
    ["notBefore", unixSeconds(notBefore)],
    ["notAfter", unixSeconds(notAfter)],
    ["productTermStartDate", unixSeconds(notBefore)],
    ["serialNumber", serialNumber.toUpperCase()],
    ...(shows("showSignatureAlgorithm") ? ([["signatureAlgorithm", "SHA-256"]] as const) : []),
    ...(shows("showCertificateID") && certificateID !== undefined ? ([["certificateID", certificateID]] as const) : []),
  ];
}

/** The steps in this page's spelling, which is not that of CollectSSL's. */
function steps({ script, look }: OrderLookup): readonly AnswerPair[] {
  const { steps } = validationNow(look, script);
  return [
    ["csrStatus", steps.csrStatus ?? -1],
    ["dcvStatus", steps.dcvStatus ?? -1],
    ["ovCallBackStatus", steps.ovCallbackStatus ?? -1],
    ["organizationValidationStatus", steps.organizationValidationStatus ?? -1],
    ["freeDVUPStatus", steps.freeDVUPStatus ?? -1],
    ["evClickThroughStatus", steps.evClickThroughStatus ?? -1],
  ];
}

/** Columns that the row has are written differently or left out, wherever they are in it. */
function oddRow({ order, items }: SandboxRow, columns: Readonly<Record<string, string | undefined>>): SandboxRow {
  const odd = (pairs: readonly AnswerPair[]): readonly AnswerPair[] =>
    pairs.flatMap(([name, value]): readonly AnswerPair[] => {
      if (!(name in columns)) return [[name, value]];
      const written = columns[name];
      return written === undefined ? [] : [[name, written]];
    });
  return { order: odd(order), items: items.map(odd) };
}
