import type { KeyKind } from "./keys";
import { clientCertificate, domainValidated, markCertificate, secureEmail, type CertificateProfile } from "./profiles";
import { documents, sandboxEndpoint } from "./parameters";
import { stageStart, subjectName, type OrderScript, type SandboxProduct, type Stage } from "./script";
import { AWAITING, SSL_ORDERS } from "./ssl-orders";
import { WAITING_ORDERS } from "./waiting-orders";

/**
 * The sandbox's orders. Their numbers are fixed: the first digit is the product (1 SSL, 2 S/MIME, 3 CCC, 4 PAC, 5 mark
 * certificates; 8 is for the SSL orders of `bulk`), and endings from 11 to 17 mean the same trouble for all of them.
 * All names are in domains reserved by RFC 2606, and all collection codes are toys.
 */

const PREFIX: Readonly<Record<SandboxProduct, number>> = {
  ssl: 1_000_000,
  smime: 2_000_000,
  ccc: 3_000_000,
  pac: 4_000_000,
  mc: 5_000_000,
};

const PENDING: Stage = { kind: "pending", what: "being processed", validation: AWAITING };
const BEING_ISSUED: Stage = { kind: "pending", what: "the certificate is being issued", validation: AWAITING };
const ISSUED: Stage = { kind: "issued", what: "issued, ready to collect", certificate: 0 };

function order(
  product: SandboxProduct,
  number: number,
  title: string,
  profile: CertificateProfile,
  stages: readonly Stage[],
): OrderScript {
  const endpoint = sandboxEndpoint(product);
  const orderNumber = String(PREFIX[product] + number);
  return {
    product,
    title,
    orderNumber,
    certificateIDs: documents(endpoint, "certificateID") ? [`${orderNumber}01`] : [],
    certificates: [{ profile }],
    stages,
    ...(endpoint.takesCollectionCode && { collectionCode: collectionCode(product, number) }),
  };
}

/** The first code of each product contains the characters that a careless form gets wrong. At most 16 characters. */
function collectionCode(product: SandboxProduct, number: number): string {
  return number === 1 ? `toy+${product}/&=%41` : `toy-${product}-${String(number).padStart(2, "0")}`;
}

/**
 * What can go wrong with an order of any product.
 * @param profile of the certificate that it would get
 */
function troubles(product: SandboxProduct, profile: (name: string) => CertificateProfile): readonly OrderScript[] {
  const trouble = (number: number, title: string, name: string, ...stages: readonly Stage[]): OrderScript =>
    order(product, number, title, profile(name), stages);
  return [
    trouble(11, "Rejected (-20)", "rejected", PENDING, { kind: "refused", what: "rejected", code: -20 }),
    trouble(
      12,
      "Issued, then revoked (-21)",
      "revoked",
      { ...ISSUED, steps: 3 },
      { kind: "refused", what: "revoked", code: -21 },
    ),
    trouble(
      13,
      "Awaiting payment (-22), then issued",
      "unpaid",
      { kind: "refused", what: "awaiting payment", code: -22, steps: 3 },
      PENDING,
      ISSUED,
    ),
    trouble(14, "Permission denied (-91)", "denied", { kind: "refused", what: "permission denied", code: -91 }),
    trouble(
      15,
      "An unknown error (-14), then issued",
      "error",
      { kind: "refused", what: "an unknown error", code: -14, steps: 2 },
      ISSUED,
    ),
    trouble(
      16,
      "Call limit reached (-42), then issued",
      "limit",
      { kind: "refused", what: "call limit reached", code: -42, steps: 4 },
      ISSUED,
    ),
    trouble(17, "Never issued: waits forever", "never", PENDING),
  ];
}

const email = (name: string): string => `${name}@sandbox.example`;

function people(
  product: "smime" | "ccc" | "pac",
  profile: typeof secureEmail,
  key: KeyKind,
  stages: readonly Stage[],
): readonly OrderScript[] {
  return [
    order(
      product,
      1,
      `A person of an organisation, ${key === "rsa-2048" ? "RSA" : "EC"} key: issued`,
      profile({ key, email: email("ada"), person: ["Ada", "Example"] }),
      stages,
    ),
    order(product, 2, "A mailbox, EC key: issued", profile({ key: "p-256", email: email("mailbox") }), stages),
    ...troubles(product, (name) => profile({ key: "p-256", email: email(name) })),
  ];
}

/** Every fixed order. */
export const ORDERS: readonly OrderScript[] = [
  ...SSL_ORDERS,
  ...WAITING_ORDERS,
  ...troubles("ssl", (name) => domainValidated({ key: "p-256", dnsNames: [`${name}.sandbox.example`] })),
  ...people("smime", secureEmail, "rsa-2048", [PENDING, BEING_ISSUED, ISSUED]),
  ...people("ccc", clientCertificate, "p-384", [PENDING, ISSUED]),
  ...people("pac", clientCertificate, "p-384", [PENDING, ISSUED]),
  order("mc", 1, "VMC for a registered mark: issued", markCertificate("vmc", "mark.example"), [
    PENDING,
    BEING_ISSUED,
    ISSUED,
  ]),
  order("mc", 2, "CMC for a mark in use: issued", markCertificate("cmc", "used.example"), [PENDING, ISSUED]),
  ...troubles("mc", (name) => markCertificate("vmc", `${name}.example`)),
  order("mc", 18, "Collecting fails (-160), then issued", markCertificate("vmc", "failing.example"), [
    { kind: "refused", what: "collecting fails", code: -160, steps: 3 },
    ISSUED,
  ]),
];

/** What an order's script and its catalogue entry have in common: how it is named. */
type Naming = Pick<
  OrderScript,
  "product" | "title" | "orderNumber" | "certificateIDs" | "baseOrderNumber" | "collectionCode"
>;

/** An order for a list to choose from, and for documentation. Plain data. */
export interface CatalogueEntry extends Naming {
  /** Whether publishing records takes it on. */
  readonly looksUp: boolean;
  /** The domain or address that the certificate is for. */
  readonly name: string;
  readonly story: readonly Chapter[];
}

export interface Chapter {
  /** ms from the first call about the order. */
  readonly at: number;
  readonly what: string;
}

/** The default length of a step. ms. */
export const STEP = 3000;

/** @param step ms that one step of an order takes */
export function catalogue(step = STEP, orders: readonly OrderScript[] = ORDERS): readonly CatalogueEntry[] {
  return orders.map((script) => {
    const { product, title, orderNumber, certificateIDs, baseOrderNumber, collectionCode } = script;
    return {
      product,
      title,
      orderNumber,
      certificateIDs,
      ...(baseOrderNumber !== undefined && { baseOrderNumber }),
      ...(collectionCode !== undefined && { collectionCode }),
      looksUp: script.looksUp === true,
      name: subjectName(script),
      story: script.stages.map(({ what }, place) => ({ what, at: stageStart(script, place) * step })),
    };
  });
}

/** Waits until its CNAME record is published. */
const WAITING = "1000027";

/** The first, plain order of each product, which get ready in seconds, and last one that stays to be looked into. */
export function samples(): readonly CatalogueEntry[] {
  const entries = catalogue();
  const isFirst = (entry: CatalogueEntry, place: number): boolean =>
    entries.findIndex(({ product }) => product === entry.product) === place;
  return [...entries.filter(isFirst), ...entries.filter(({ orderNumber }) => orderNumber === WAITING)];
}
