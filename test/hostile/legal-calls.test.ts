import assert from "node:assert/strict";
import { callEndpoint, type CollectCall } from "../../src/api/client";
import { ENDPOINTS } from "../../src/api/endpoints";
import type { ParameterValues } from "../../src/api/parameter";
import { PRODUCTS, type Product } from "../../src/api/product";
import { nextQuestion, valuesOf, type Decisions } from "../../src/api/questions";
import type { CollectResult } from "../../src/api/result";
import type { Transport } from "../../src/api/transport";
import { createTransport } from "../../src/net/transport";
import { DEMO_ACCOUNT, startSandboxServer, type CatalogueEntry, type Sandbox } from "../../src/sandbox/server";

/** What a person decides; the rest is what the endpoint takes anyway. */
const FIXED: Decisions = {
  loginName: DEMO_ACCOUNT.loginName,
  loginPassword: DEMO_ACCOUNT.loginPassword,
  orderNumber: "1",
  collectionCode: null,
  certificateID: null,
  baseOrderNumber: null,
  responseMimeType: "application/x-x509-user-cert",
  behaviourVersion: "1",
};

const SHOWN = Object.fromEntries(
  [
    "showValidityPeriod",
    "showFQDN",
    "showExtStatus",
    "showMDCDomainDetails",
    "showMDCDomainDetails2",
    "showStatusDetails",
  ].map((name) => [name, "Y"]),
) satisfies Decisions;

/** Every legal call about the form of an answer; every other one with all details shown. */
function legalCalls(product: Product): ParameterValues[] {
  const known = new Set<string>(ENDPOINTS[product].parameters.map(({ name }) => name));
  const ofEndpoint = (values: object) => Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name)));
  const calls = walk(
    product,
    ofEndpoint({ ...FIXED, ...Object.fromEntries(Object.keys(SHOWN).map((name) => [name, null])) }),
  );
  return calls.map((call, index) => (index % 2 === 0 ? { ...call, ...ofEndpoint(SHOWN) } : call));
}

function walk(product: Product, decided: Decisions): ParameterValues[] {
  const status = nextQuestion(product, decided);
  if (status.question === undefined) return [valuesOf(status.decided)];
  const { parameter, options, mayOmit } = status.question;
  const given = parameter.values === undefined ? ["collected"] : options.map(({ value }) => value);
  return [...given, ...(mayOmit ? [null] : [])].flatMap((answer) =>
    walk(product, { ...status.decided, [parameter.name]: answer }),
  );
}

const CONTAINERS: Readonly<Record<string, string>> = { 0: "zip", 1: "netscape", 2: "pkcs7", 4: "cmmf" };

/** What the CA's pages promise for a call about an issued order. */
function assertPromised(result: CollectResult, { queryType = "1", responseType = "3" }: ParameterValues): void {
  if (queryType === "0") {
    assert.equal(result.kind, "available");
    return;
  }
  assert(result.kind === "issued", JSON.stringify({ ...result, raw: [] }));
  const [least, most] = queryType === "2" ? [1, 1] : queryType === "3" ? [1, 3] : [2, 4];
  assert(result.certificates.length >= least && result.certificates.length <= most, `${result.certificates.length}`);
  const container = CONTAINERS[responseType];
  if (container !== undefined) assert.equal(result.container, container);
  else assert(result.container === "pem" || result.container === "der", result.container);
}

/**
 * The sandbox is a second reading of the CA's pages, which shares no code with ours: where the two differ, one is
 * wrong.
 */
describe("the sandbox, by the shipped client", function () {
  this.timeout(60_000);

  let sandbox: Sandbox;
  let transport: Transport;

  before(async () => {
    sandbox = await startSandboxServer({ step: 0 });
    // For each call the engine reads all that are trusted: these hundreds do without the system's.
    transport = createTransport({ extraCertificateAuthorities: [sandbox.caPem], certificateAuthorities: [] });
  });

  after(async () => {
    await sandbox.stop();
  });

  const ask = (product: Product, more: Partial<CollectCall>): Promise<CollectResult> =>
    callEndpoint(
      transport,
      {
        host: `127.0.0.1:${sandbox.port}`,
        product,
        reference: { kind: "orderNumber", value: "0" },
        credentials: DEMO_ACCOUNT,
        ...more,
      },
      new AbortController().signal,
    );

  const entryOf = (product: Product, ending: string): CatalogueEntry => {
    const entry = sandbox.catalogue.find((one) => one.product === product && one.orderNumber.endsWith(ending));
    assert(entry !== undefined, `${product} ${ending}`);
    return entry;
  };

  for (const product of PRODUCTS) {
    it(`${product}: every legal call about an issued order`, async () => {
      const { orderNumber } = entryOf(product, "001");
      const calls = legalCalls(product);
      assert(calls.length >= (product === "mc" ? 5 : 20));
      for (const values of calls) {
        const result = await ask(product, {
          reference: { kind: "orderNumber", value: orderNumber },
          values: { ...values, orderNumber },
        });
        try {
          assertPromised(result, values);
        } catch (error) {
          throw new Error(`${JSON.stringify(values)}: ${String(error)}`, { cause: error });
        }
      }
    });

    const troubles: readonly [string, number, string][] = [
      ["011", -20, "final"],
      ["012", -21, "final"],
      ["014", -91, "final"],
    ];
    for (const [ending, code, after] of troubles) {
      it(`${product}: ${code}`, async () => {
        const { orderNumber } = entryOf(product, ending);
        const result = await ask(product, { reference: { kind: "orderNumber", value: orderNumber } });
        assert(result.kind === "refused", result.kind);
        assert.deepEqual([result.code, result.after], [code, after]);
      });
    }

    it(`${product}: an order that waits, and one that nobody knows`, async () => {
      const { orderNumber } = entryOf(product, "017");
      assert.equal((await ask(product, { reference: { kind: "orderNumber", value: orderNumber } })).kind, "pending");
      const unknown = await ask(product, { reference: { kind: "orderNumber", value: "999" } });
      assert(unknown.kind === "refused", unknown.kind);
      assert.deepEqual([unknown.code, unknown.field, unknown.after], [-4, "orderNumber", "final"]);
    });

    it(`${product}: a wrong password is a sign-in failure`, async () => {
      const { orderNumber } = entryOf(product, "001");
      const result = await ask(product, {
        reference: { kind: "orderNumber", value: orderNumber },
        credentials: { ...DEMO_ACCOUNT, loginPassword: "wrong-password" },
      });
      sandbox.unlock(DEMO_ACCOUNT.loginName);
      assert(result.kind === "refused", result.kind);
      assert.deepEqual([result.code, result.after], [-16, "sign-in"]);
    });
  }

  for (const product of ["ccc", "pac"] as const) {
    it(`${product}: by collection code, awkward characters and all`, async () => {
      const { collectionCode = "" } = entryOf(product, "001");
      assert.match(collectionCode, /[+&%=/]/);
      const result = await ask(product, { reference: { kind: "collectionCode" }, collectionCode });
      assert.equal(result.kind, "issued");
    });

    it(`${product}: a wrong collection code stops that order alone`, async () => {
      const call: CollectCall = {
        host: `127.0.0.1:${sandbox.port}`,
        product,
        reference: { kind: "collectionCode" },
        collectionCode: "no-such-code",
      };
      const result = await callEndpoint(transport, call, new AbortController().signal);
      assert.equal(result.kind === "refused" && result.after, "code");
    });
  }

  it("a multi-domain order tells its domains and steps", async () => {
    const waiting = sandbox.catalogue.filter(({ product }) => product === "ssl");
    const details = [];
    for (const { orderNumber } of waiting) {
      const result = await ask("ssl", { reference: { kind: "orderNumber", value: orderNumber } });
      if (result.kind === "pending") details.push(result.detail);
    }
    assert(details.some(({ steps = [] }) => steps.some(({ state }) => state === "you")));
  });
});
