import { readSaved } from "../../src/api/saved";
import type { ServiceName } from "../../src/api/services/service";
import { readServiceAnswer } from "../../src/api/services/service-answer";
import { decodeCertificates } from "../../src/certificates/decode";
import { decodeCertificateList } from "../../src/certificates/x509/certificate-list";
import { orderChain } from "../../src/certificates/x509/chain";
import { diagnosticsOf } from "../../src/certificates/checks/diagnostics";
import { findingsOf } from "../../src/certificates/checks/findings";
import { identifyKeys } from "../../src/certificates/checks/private-key";
import { DerError } from "../../src/certificates/asn1/der-error";
import { readContainers } from "../../src/certificates/containers/read";
import { describePage } from "../unit/certificates/details-page";
import { chainText } from "../../src/certificates/exports/text";
import { readTextBlocks } from "../../src/certificates/text-blocks";
import { readAuthoritiesFile } from "../../src/certificates/knowledge/authorities-file";
import { readLogListFile } from "../../src/certificates/knowledge/log-list-file";
import { readRenewed } from "../../src/certificates/knowledge/renewed";
import { parseOrders } from "../../src/orders/import/parse-orders";
import { readOrderFile } from "../../src/orders/import/order-file";
import { requestTokens } from "../../src/reading/request-tokens";
import { readPastedRecord } from "../../src/validation/pasted-record";
import { FAMILIES, type Family } from "./hostile";
import { FILES } from "./hostile-files";
import { FORMS } from "./hostile-forms";
import { KEPT_KNOWLEDGE, KNOWLEDGE_FILES } from "./hostile-knowledge";
import { SERVICE_ANSWERS } from "./hostile-services";
import { TEXTS } from "./hostile-texts";

/** Reads what a stranger wrote; what it gives back does not matter. */
export type Read = (bytes: Uint8Array) => unknown;

/**
 * The pure readers, each with the families that it is tried with; those of answers are tried with `api`'s readers, too.
 */
export interface Reader {
  readonly name: string;
  readonly read: Read;
  readonly families: Readonly<Record<string, Family>>;
}

const certificatesIn = (bytes: Uint8Array): readonly Uint8Array[] =>
  readContainers(bytes).objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));

/** Damaged input may be refused with a code, and in no other way. */
const orRefuse =
  (read: Read): Read =>
  (bytes) => {
    try {
      return read(bytes);
    } catch (error) {
      if (error instanceof DerError) return error.code;
      throw error;
    }
  };

/** What a details page is made of, without what the engine computes. */
async function page(bytes: Uint8Array): Promise<unknown> {
  const contents = readContainers(bytes);
  const chain = orderChain(certificatesIn(bytes).slice(0, 500));
  const findings = await findingsOf(chain, { now: 0 });
  return JSON.stringify(describePage(contents, { now: 0, findings }));
}

/** An answer to a call that was made with a password. */
const answerOf =
  (service: ServiceName): Read =>
  (body) => {
    const values = { loginName: "someone", loginPassword: "Tr0ub4dor&3", orderNumber: "1234567" };
    return readServiceAnswer({ status: 200, headers: {}, body }, { service, values });
  };

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const WRITTEN = { ...FAMILIES, ...TEXTS };
/** A message that is full of secrets takes as much as a message may, and no more for a longer one. */
const FULL_OF_SECRETS = "the password";
const OF_SERVICES = {
  ...Object.fromEntries(Object.entries(FAMILIES).filter(([name]) => name !== FULL_OF_SECRETS)),
  ...SERVICE_ANSWERS,
};
const ALL = { ...FILES, ...FORMS, ...TEXTS };
const OF_KNOWLEDGE = { ...WRITTEN, ...KNOWLEDGE_FILES };
/** When the certificates of the reports are in force, epoch ms. */
const NOW = Date.UTC(2026, 10, 28);

export const READERS: readonly Reader[] = [
  { name: "answer", read: readSaved, families: ALL },
  { name: "report", read: answerOf("WebHostReport"), families: OF_SERVICES },
  { name: "validation", read: answerOf("getPostPaymentStatus"), families: OF_SERVICES },
  { name: "containers", read: readContainers, families: ALL },
  { name: "page", read: page, families: { ...FILES, ...FORMS } },
  { name: "problems", read: (bytes) => diagnosticsOf(readContainers(bytes), { now: 0 }), families: FILES },
  { name: "certificates", read: orRefuse(decodeCertificates), families: FILES },
  {
    name: "certificate as text",
    read: orRefuse((bytes) => chainText(decodeCertificates(bytes).slice(0, 10))),
    families: FILES,
  },
  { name: "revocation list", read: orRefuse(decodeCertificateList), families: FILES },
  { name: "private keys", read: identifyKeys, families: ALL },
  { name: "text blocks", read: (bytes) => readTextBlocks(text(bytes)), families: { ...WRITTEN, ...FORMS } },
  { name: "pasted text", read: (bytes) => parseOrders(text(bytes)), families: WRITTEN },
  { name: "order file", read: (bytes) => readOrderFile(text(bytes)), families: WRITTEN },
  { name: "pasted record", read: (bytes) => readPastedRecord(text(bytes)), families: WRITTEN },
  { name: "log list", read: (bytes) => readLogListFile(bytes, NOW), families: OF_KNOWLEDGE },
  { name: "report of CAs", read: (bytes) => readAuthoritiesFile(bytes, NOW, NOW), families: OF_KNOWLEDGE },
  { name: "kept knowledge", read: (bytes) => readRenewed(text(bytes)), families: { ...WRITTEN, ...KEPT_KNOWLEDGE } },
  { name: "requests", read: requestTokens, families: { ...FILES, ...FORMS } },
];
