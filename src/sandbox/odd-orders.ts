import { domainValidated } from "./profiles";
import type { Oddity, OrderScript, Stage } from "./script";
import { AWAITING } from "./ssl-orders";
import { uploadToken } from "./post-payment";

/** Orders about which the services say what no reader expects. */

const FIRST = 9_000_000_001;

const ISSUED: Stage = { kind: "issued", what: "issued, ready to collect", certificate: 0 };
const WAITING: Stage = { kind: "pending", what: "waits for domain control, forever", validation: AWAITING };
const CAA_FAILED: Stage = {
  kind: "pending",
  what: "CAA forbids the CA, whatever is asked for",
  validation: { ...AWAITING, steps: { ...AWAITING.steps, dcvStatus: 1 }, caaStatus: "Not Authorized" },
};

const HTML = `<img src=x onerror="alert(1)"><b>bold</b>`;
const MARKDOWN =
  "[Click here](command:workbench.action.quit) ![x](https://track.example/x.png) `code` $(alert) **now**";
/** Overrides that turn the direction of what follows, a bell, a NUL and an escape sequence. */
const CONTROLS = "invoice\u202Egpj.exe\u2066\u0007\u0000\u001B[31mred\u001B[0m\r\nSet-Cookie: a=b";
const SECRETS = `ask person@persons.example with ${uploadToken("9000000005")}`;
const LONG = Array.from({ length: 160 }, (_, place) => `host-${place}.long-row.odd.example`).join(",");

function odd(place: number, title: string, stage: Stage, oddity: Oddity, more: Partial<OrderScript> = {}): OrderScript {
  const orderNumber = String(FIRST + place);
  const profile = domainValidated({ key: "p-256", dnsNames: [`odd-${place + 1}.odd.example`] });
  return {
    product: "ssl",
    title,
    orderNumber,
    certificateIDs: [`${orderNumber}01`],
    certificates: [{ profile, ...(stage === ISSUED && { daysLeft: 60 }) }],
    stages: [stage],
    startsAtOnce: true,
    oddity,
    ...more,
  };
}

/** A step of getPostPaymentStatus with the same text everywhere. */
function texts(text: string): Readonly<Record<string, unknown>> {
  return { title: text, status: text, description: text, lastEmailSent: text, lastOpenDate: text };
}

export const ODD_ORDERS: readonly OrderScript[] = [
  odd(0, "A state that nobody knows", ISSUED, {
    columns: { status: "Frobnicating", orderStatus: "On The Moon", type: "Certificate 3000" },
  }),
  odd(1, "HTML", ISSUED, { columns: { status: HTML, organizationName: HTML, domain: HTML } }),
  odd(2, "Markdown and command links", ISSUED, {
    columns: { status: MARKDOWN, organizationName: MARKDOWN, domain: MARKDOWN, type: MARKDOWN },
  }),
  odd(3, "Bidirectional and control characters", ISSUED, {
    columns: { status: CONTROLS, organizationName: CONTROLS, domain: CONTROLS },
  }),
  odd(4, "A token and an e-mail address where nobody expects them", ISSUED, {
    columns: { status: SECRETS, organizationName: SECRETS, type: SECRETS, validationStatus: SECRETS },
  }),
  odd(5, "A row of 4 kB", ISSUED, { columns: { organizationName: "Example AG", domain: LONG } }),
  odd(6, "A row without an order number", ISSUED, { columns: { orderNumber: undefined } }),
  odd(7, "Numbers that cannot be read", ISSUED, {
    columns: { dateTime: "yesterday", notAfter: "-1", notBefore: "99999999999999999999", serialNumber: "not hex" },
  }),
  odd(8, "Half of the JSON is missing", WAITING, {
    columns: { dateTime: undefined, domain: undefined, type: undefined },
    data: {
      csrStatus: null,
      agreementStatus: "soon",
      callbackStatus: [],
      organizationStatus: { title: "Organization Validation" },
      dcvStatus: { status: "ActionRequired" },
      orderStatus: undefined,
      domainName: undefined,
      latestCAACheckErrors: "one text instead of a list",
    },
  }),
  odd(
    9,
    "Hostile texts in the steps",
    WAITING,
    {
      data: {
        csrStatus: texts(HTML),
        agreementStatus: { ...texts(MARKDOWN), clickThroughEmailAddress: SECRETS },
        callbackStatus: texts(CONTROLS),
        organizationStatus: texts(SECRETS),
        productName: HTML,
        latestCAACheckErrors: [HTML, MARKDOWN, CONTROLS, SECRETS, 42, null],
        ["__proto__"]: texts("a prototype"),
      },
    },
    { methods: [HTML] },
  ),
  odd(10, "CAA forbids the CA again after each check", CAA_FAILED, {}, { caaFailsAgain: true }),
  odd(
    11,
    "Steps that nobody knows, deep inside",
    WAITING,
    {
      data: {
        csrStatus: { title: "CSR", status: "Marinating", description: "…" },
        notarization: { steps: [{ inner: { title: "Notarization", status: "ActionRequired" } }] },
      },
    },
    { methods: ["hostmaster@odd-12.odd.example"] },
  ),
];
