import { createHash, X509Certificate } from "node:crypto";
import { zipSync } from "fflate";
import { readContainers } from "../../src/certificates/containers/read";
import { writeAlgorithm, writeBitString } from "../../src/certificates/asn1/der-writer";
import type { DetailsPage } from "../../src/certificates/details/page";
import type { RevocationFact } from "../../src/certificates/details/verdict";
import { pemText } from "../../src/certificates/pem-text";
import { analyze, type AnalysisInput } from "../../src/reading/analysis";
import { domainValidated, markCertificate } from "../../src/sandbox/profiles";
import type { Action, Content } from "../../src/webview/protocol";
import { caFixtures, fixture, pemFixture } from "../unit/certificates/fixtures";
import {
  constraintsOf,
  dnsNames,
  named,
  TRUE,
  usagesOf,
  writtenCertificate,
  WRITTEN_NOW,
} from "../unit/strangers/written-certificate";
import type { Issuer } from "./issued";
import { ACTIONS, rejectedOrder, reports, waitingOrder, waitsForMuch } from "./order";
import { blockedRecords, requestRecords } from "./records";
import { phrase } from "../../src/words/phrase";

const DAY = 86_400_000;

const sha256 = (der: Uint8Array): string => createHash("sha256").update(der).digest("hex");

/** The certificates of a PEM text, in its order. */
const certificatesIn = (pem: string): readonly Uint8Array[] =>
  readContainers(Buffer.from(pem)).objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));

/** What the reading thread makes of a file. */
async function judged(subject: AnalysisInput["subject"], more: Partial<AnalysisInput> = {}): Promise<DetailsPage> {
  return JSON.parse((await analyze({ subject, now: Date.now(), ...more })).details) as DetailsPage;
}

/** When the real chain is looked at. */
const REAL_NOW = Date.parse("2026-11-28");

export const SAVE_CHAIN: Action = {
  id: "saveChain",
  label: "Save Chain to Sectigo Public Server Authentication Root R46…",
};

/** The page of a leaf with timestamps, its issuer, and the cross-signed root, which not all clients need. */
export async function realChain(): Promise<Partial<Content>> {
  const between = (subject: string, issuer: string) =>
    caFixtures().flatMap(({ der }) => {
      const ca = new X509Certificate(der);
      return ca.subject.includes(subject) && ca.issuer.includes(issuer) ? [der] : [];
    });
  const chain = [
    pemFixture("transparency/icann-2026.pem"),
    ...between("Server Authentication CA OV R36", "Server Authentication Root R46"),
    ...between("Server Authentication Root R46", "USERTrust RSA"),
  ];
  return { details: await judged(chain, { now: REAL_NOW }), actions: [SAVE_CHAIN, ...ACTIONS] };
}

/** A page in each state that a certificate, a file or an order can be in, by its name. */
export async function pagesOfStates(issuer: Issuer): Promise<ReadonlyMap<string, Partial<Content>>> {
  const now = Date.now();
  const server = domainValidated({ key: "rsa-2048", dnsNames: ["www.example.com", "example.com"] });
  const chain = certificatesIn(await issuer.chain(server));
  const [leaf = new Uint8Array(0)] = chain;
  const roots = { name: phrase("Mozilla's roots ({0})", "Node.js 24.21.0"), sha256: chain.slice(-1).map(sha256) };
  const told = (revocation: RevocationFact) => ({ roots, told: [{ leaf: sha256(leaf), revocation }] });
  const faulty = { leaf: sha256(leaf), faults: ["Ordered, but missing from the certificate: b.example."] };
  const odd = writeAlgorithm("1.2.3.4.5");
  const oddSignature = { signature: odd, signatureAlgorithm: odd, signatureValue: writeBitString(Buffer.alloc(40, 3)) };
  const oddRoot = writtenCertificate({
    subject: named("Example Test CA"),
    extensions: [constraintsOf(TRUE), usagesOf(1, 0x06)],
  });
  const many = Array.from({ length: 200 }, (_, index) => `host${index + 1}.a-rather-long-name.shop.example`);
  const names = domainValidated({ key: "p-256", dnsNames: many });
  const mark = await issuer.details(markCertificate("vmc", "example.com"));
  const order = waitingOrder(now);
  return new Map<string, Partial<Content>>([
    [
      "no-problems",
      {
        details: await judged(chain, told({ state: "good", asked: now - DAY })),
        order: { ...order, steps: [], state: { tone: "none", words: "New" } },
        actions: [{ id: "saveAs", label: "Save As…" }, ...ACTIONS],
        checks: [
          {
            title: "Matches your order",
            results: [
              { tone: "good", words: "All 2 ordered names are in the certificate." },
              { tone: "none", words: "Nothing to compare: dates, paid term, certificate request, private key." },
            ],
          },
        ],
      },
    ],
    [
      "compared",
      { details: await judged(chain, { roots, told: [faulty] }), order, actions: ACTIONS, checks: reports(now) },
    ],
    ["real", await realChain()],
    ["not-asked", { details: await judged(chain, { roots }) }],
    ["warnings", { details: await judged(chain.slice(0, 1), { now: now + 150 * DAY }) }],
    ["expired", { details: await judged(chain, { roots, now: now + 400 * DAY }) }],
    ["not-yet", { details: await judged(chain, { roots, now: now - 200 * DAY }) }],
    ["revoked", { details: await judged(chain, told({ state: "revoked", asked: now, since: now - DAY })) }],
    ["unknown-root", { details: await judged(chain) }],
    [
      "unchecked",
      {
        details: await judged(
          [writtenCertificate({ extensions: [dnsNames("case.example.test")], ...oddSignature }), oddRoot],
          { now: WRITTEN_NOW },
        ),
      },
    ],
    ["several", { details: await judged([leaf, ...chain.slice(1), ...certificatesIn(await issuer.chain(names))]) }],
    ["key", { details: await judged(fixture("containers/private-pkcs8.pem")) }],
    ["request", { details: await judged(fixture("containers/request.pem")) }],
    ["revocation-list", { details: await judged(fixture("containers/list.pem")) }],
    [
      "pkcs12",
      {
        details: await judged(fixture("containers/aes-rsa.p12")),
        actions: [{ id: "unlock", label: "Enter Password…" }],
      },
    ],
    ["empty", { details: await judged(Buffer.alloc(0)) }],
    ["text", { details: await judged(Buffer.from("hello")) }],
    [
      "zip",
      {
        details: await judged(
          zipSync({
            "www_example_com.crt": Buffer.from(pemText(leaf)),
            "README.txt": Buffer.from("Install it."),
            "guide.html": Buffer.from("<!DOCTYPE html><html><body>How to install it</body></html>"),
          }),
        ),
      },
    ],
    ["names", { details: await issuer.details(names) }],
    ["waiting", { order, actions: ACTIONS }],
    ["waits-for", { order: waitsForMuch(now), actions: ACTIONS }],
    ["records", { order, records: blockedRecords(now), actions: ACTIONS }],
    [
      "request-records",
      {
        details: await judged(fixture("containers/request.pem")),
        records: requestRecords(Array.from({ length: 30 }, (_, index) => `host${index + 1}.example`)),
      },
    ],
    ["rejected", { order: rejectedOrder(now), actions: ACTIONS }],
    [
      "mark",
      {
        details: mark,
        order: { ...order, steps: [], heading: "Order 1000001" },
        checks: [
          {
            title: "Compared with your order",
            results: [
              {
                tone: "none",
                words:
                  "Nothing to compare: names, dates, paid term, key of the previous certificate, certificate request, private key.",
              },
            ],
          },
        ],
      },
    ],
  ]);
}
