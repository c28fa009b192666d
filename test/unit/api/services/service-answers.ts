import { readServiceAnswer } from "../../../../src/api/services/service-answer";
import type { ServiceName } from "../../../../src/api/services/service";
import type { OrderReport, OrderValidation, ServiceResult } from "../../../../src/api/services/service-result";
import { PASSWORD, reply } from "../answers";

/** Reads an answer to a call of a service. */
export function read(
  service: ServiceName,
  body: string | Uint8Array,
  options: { status?: number; headers?: Record<string, string>; orderNumber?: string; password?: string } = {},
): ServiceResult {
  const { status, headers, orderNumber = "1234567", password = PASSWORD } = options;
  const values = { loginName: "someone", loginPassword: password, orderNumber };
  return readServiceAnswer(reply(body, status, headers), { service, values });
}

export function reportIn(body: string | Uint8Array, password?: string): OrderReport {
  const result = read("WebHostReport", body, password === undefined ? {} : { password });
  if (result.kind !== "report") throw new Error(JSON.stringify(result));
  return result.report;
}

export function validationIn(service: ServiceName, body: string | object, orderNumber?: string): OrderValidation {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const result = read(service, text, orderNumber === undefined ? {} : { orderNumber });
  if (result.kind !== "validation") throw new Error(JSON.stringify(result));
  return result.validation;
}

/** What must not leave an answer, each as the CA may write it. */
export const PERSONAL = {
  street: "1 Personal Lane",
  box: "PO 4711",
  city: "Personalville",
  postalCode: "PC-90210",
  organization: "Personal Person GmbH",
  address: "jane.doe@personal.example",
  token: `eyJhbGciOiJIUzI1NiJ9.${"eyJvcmRlciI6IjEyMzQ1NjcifQ".repeat(3)}.c2lnbmF0dXJlc2lnbmF0dXJl`,
} as const;

/** The sample of getPostPaymentStatus, as far as its page shows it, with what was added later. */
export const POST_PAYMENT = {
  errorCode: 0,
  errorMessage: "",
  data: {
    orderNumber: 1234567,
    productType: 801,
    productName: "Verified Mark Certificate",
    uploadDocumentUrl: `https://upload.example/?token=${PERSONAL.token}`,
    uploadDocumentToken: PERSONAL.token,
    orderStatus: "Pending",
    domainName: "Multiple domains",
    csrStatus: { title: "CSR", status: "Completed", description: "The CSR was accepted." },
    agreementStatus: {
      title: "Agreement",
      status: "ActionRequired",
      clickThroughStatus: "notExecuted",
      clickThroughEmailAddress: PERSONAL.address,
      lastEmailSent: "2026-11-20",
      lastOpenDate: "2026-11-21",
      availableActions: ["canUpdateEmailAddress", "resendAgreementEmail"],
    },
    callbackStatus: { title: "Callback", status: "NotApplicable" },
    organizationStatus: { title: "Organization", status: "InProgress", address: { streetAddress1: PERSONAL.street } },
    caaCheckStatus: "Failed",
    latestCAACheckErrors: ["b.example: not authorized", { domain: "c.example", error: "timeout", id: 7 }],
    maStatus: 2,
  },
};

const PERSONAL_COLUMNS = [
  `organizationName=${PERSONAL.organization}`,
  `postOfficeBox=${PERSONAL.box}`,
  `streetAddress1=${PERSONAL.street}`,
  `localityName=${PERSONAL.city}`,
  `postalCode=${PERSONAL.postalCode}`,
  `emailAddress=${PERSONAL.address}`,
  `token=${PERSONAL.token}`,
];

/** The rows of a report, each with what must not be kept. */
export const reportPairs = (rows: number): string[][] =>
  Array.from({ length: rows }, (_, index) => [
    `${index + 1}_orderNumber=${3_000_000_000 + index}`,
    `${index + 1}_dateTime=${1_700_000_000 + index}`,
    ...PERSONAL_COLUMNS.map((column) => `${index + 1}_${column.replaceAll(" ", "+")}`),
    `${index + 1}_1_status=${["Valid", "Expired", "Revoked"][index % 3] ?? ""}`,
    `${index + 1}_1_domain=www${index}.shop.example`,
    `${index + 1}_1_mdcDomainNames=www${index}.shop.example+shop${index}.example`,
    `${index + 1}_1_serialNumber=${(0x1234_5678_9abc_def0n * BigInt(index + 7) ** 5n).toString(16)}`,
    `${index + 1}_1_certificateID=${8_000_000 + index}`,
    `${index + 1}_1_type=SSL+Certificate`,
  ]);
