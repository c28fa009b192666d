import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { PERSONAL_COLUMNS, REISSUED, SANDBOX_ACCOUNTS } from "../../../src/sandbox/server";
import { PATIENCE, Trial, pemBlocks } from "./client";

type Row = ReadonlyMap<string, string>;

/** The rows of a report by order number; a certificate's columns as `1_status`. */
async function rows(trial: Trial, fields: Record<string, string>, login?: string): Promise<Map<string, Row>> {
  const byNumber = new Map<string, Map<string, string>>();
  for (const [name, value] of await trial.pairs("WebHostReport", fields, login)) {
    const [, row = "", column = ""] = /^(\d+)_(.+)$/.exec(name) ?? [];
    if (column === "") continue;
    byNumber.set(row, (byNumber.get(row) ?? new Map<string, string>()).set(column, value));
  }
  return new Map([...byNumber.values()].map((row) => [row.get("orderNumber") ?? "?", row]));
}

async function count(trial: Trial, fields: Record<string, string>, login?: string): Promise<number> {
  const only = { firstResultNo: "0", lastResultNo: "0", showStatusesOnly: "Y", ...fields };
  const pairs = await trial.pairs("WebHostReport", only, login);
  assert.match([...pairs.keys()].join(" "), /^errorCode noOfResults$/i);
  return Number(pairs.get("noOfResults"));
}

async function collected(trial: Trial, orderNumber: string, loginName = "sandbox"): Promise<X509Certificate> {
  const account = SANDBOX_ACCOUNTS.find((each) => each.loginName === loginName);
  const login = { loginName, loginPassword: account?.loginPassword };
  const { text } = await trial.ask("ssl", { ...login, orderNumber, queryType: "2" });
  return new X509Certificate(pemBlocks(text)[0] ?? "");
}

const newest = { showCertificateID: "Y", showOldItems: "N" };

describe("WebHostReport", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start()));
  after(() => trial.stop());

  it("lists what all accounts share, and starts no clock", async () => {
    const numbers = trial.sandbox.catalogue.map(({ orderNumber }) => orderNumber);
    assert.deepEqual([...(await rows(trial, {})).keys()], numbers);
    trial.clock.time += 60_000;
    assert.equal((await rows(trial, {})).get("1000001")?.get("1_status"), "Awaiting Validation");
    assert.equal((await trial.ask("ssl", { orderNumber: "1000001", queryType: "0" })).text, "0");
  });

  it("counts alone what is there", async () => {
    for (const [login, expected] of [
      ["sandbox", trial.sandbox.catalogue.length],
      ["empty", 0],
      ["some", 250],
      ["many", 3000],
      ["odd", 12],
    ] as const) {
      assert.equal(await count(trial, {}, login), expected, login);
    }
  });

  it("pages from 0 or from 1, by account, and numbers rows from 1 in each answer", async () => {
    const page = async (login: string, first: number, last: number): Promise<string[]> => {
      const found = await rows(trial, { firstResultNo: String(first), lastResultNo: String(last) }, login);
      return [...found.keys()];
    };
    const zero = [await page("some", 0, 99), await page("some", 100, 199), await page("some", 200, 299)];
    assert.deepEqual(
      zero.map((numbers) => [numbers.length, numbers[0]]),
      [
        [100, "6000000001"],
        [100, "6000000101"],
        [50, "6000000201"],
      ],
    );
    const one = [await page("many", 0, 99), await page("many", 100, 199), await page("many", 2900, 3000)];
    assert.deepEqual(
      one.map((numbers) => [numbers.length, numbers.at(-1)]),
      [
        [99, "7000000099"],
        [100, "7000000199"],
        [101, "7000003000"],
      ],
    );
    assert.deepEqual(await page("many", 3001, 3100), []);
    assert.ok((await trial.serve("WebHostReport", { firstResultNo: "200" }, "some")).text.includes("&1_orderNumber="));
  });

  const PLACED = Date.UTC(2026, 3, 1) / 1000;
  const FILTERS: readonly (readonly [title: string, fields: Record<string, string>, numbers: string[]])[] = [
    ["order numbers, of which one is unknown", { orderNumber: "1000017,4711,2000017" }, ["1000017", "2000017"]],
    ["a certificate ID", { certificateID: "100002001" }, ["1000020"]],
    ["the orderer's number", { foreignOrderNumber: "PO-1000003,PO-1000004" }, ["1000003", "1000004"]],
    ["a name", { fqdn: "portal.sandbox.example" }, ["1000003"]],
    ["a name in other letters", { fqdn: "PORTAL.sandbox.EXAMPLE" }, ["1000003"]],
    ["one character", { fqdn: "p_rtal.sandbox.example" }, ["1000003"]],
    ["many characters", { fqdn: "%.shop.example" }, ["1000005"]],
    ["no character in place of one", { fqdn: "portal_.sandbox.example" }, []],
    ["an organization", { organizationName: "example harbour%", fqdn: "bank%" }, ["1000004"]],
    ["a state", { certificateStatusDesc: "revoked,awaitingpayment", fqdn: "%.sandbox.example" }, ["1000013"]],
    ["the state of CAA, once it is asked about", { certificateStatusDesc: "caacheckfailed" }, []],
    ["a state's number", { certificateStatusCode: "6", orderNumber: "1000008,1000017" }, ["1000008"]],
    ["the end", { expireNotAfter: String(PLACED + 7 * 86_400) }, ["1000008"]],
    ["placement", { notAfter: String(PLACED - 100 * 86_400) }, ["1000008"]],
    ["placement from", { notBefore: String(PLACED) }, []],
  ];
  for (const [title, fields, numbers] of FILTERS) {
    it(`filters by ${title}`, async () => {
      assert.deepEqual([...(await rows(trial, fields)).keys()], numbers);
    });
  }

  it("joins order numbers that are sent one by one", async () => {
    const { loginName, loginPassword } = SANDBOX_ACCOUNTS[0] ?? { loginName: "", loginPassword: "" };
    const form = new URLSearchParams({ loginName, loginPassword, orderNumber: "1000001" });
    form.append("orderNumber", "1000002");
    const { text } = await trial.send("/products/!WebHostReport", form.toString());
    assert.equal(new URLSearchParams(text).get("noOfResults"), "2");
  });

  it("takes 2,978 order numbers of ten digits in one call", async () => {
    const numbers = Array.from({ length: 2978 }, (_, place) => String(7_000_000_001 + place));
    assert.ok(numbers.join(",").length <= 32_767);
    assert.equal((await rows(trial, { orderNumber: numbers.join(",") }, "many")).size, 2978);
    assert.equal(
      (await trial.pairs("WebHostReport", { orderNumber: [...numbers, "1"].join(",") })).get("errorCode"),
      "0",
    );
    const more = [...numbers, "7000002979"].join(",");
    assert.equal((await trial.pairs("WebHostReport", { orderNumber: more })).get("errorItem"), "orderNumber");
  });

  it("says who ordered, in words that stand nowhere else", async () => {
    const row = (await rows(trial, { orderNumber: "1000001" })).get("1000001");
    for (const [column, value] of Object.entries(PERSONAL_COLUMNS)) assert.equal(row?.get(column), value);
    const asked = { orderNumber: "1000001", showStatusesOnly: "Y" };
    const { text } = await trial.serve("WebHostReport", asked);
    assert.equal(
      text,
      "errorCode=0&noOfResults=1&1_orderNumber=1000001&1_orderStatus=Pending&1_1_status=Awaiting+Validation",
    );
  });

  it("shows columns that are asked for", async () => {
    const flags = "showStatusDetails showAdditionalDomains showSignatureAlgorithm showCertificateID showCost";
    const asked = Object.fromEntries(flags.split(" ").map((flag) => [flag, "Y"]));
    const fields = { orderNumber: "1000008", showAssociatedOrders: "Y" };
    const [less, more] = [await rows(trial, fields), await rows(trial, { ...fields, ...asked })];
    const added = [...(more.get("1000008") ?? [])].filter(([name]) => !less.get("1000008")?.has(name));
    assert.deepEqual(added.map(([name]) => name.replace("1_", "")).sort(), [
      ...["certificateID", "cost", "csrStatus", "dcvStatus", "evClickThroughStatus", "freeDVUPStatus"],
      ...["organizationValidationStatus", "ovCallBackStatus", "signatureAlgorithm"],
    ]);
  });
});

describe("what a report says of certificates", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  beforeEach(async () => (trial = await Trial.start()));
  afterEach(() => trial.stop());

  async function agrees(orderNumber: string, login?: string): Promise<string> {
    const row = (await rows(trial, { ...newest, orderNumber }, login)).get(orderNumber);
    const certificate = await collected(trial, orderNumber, login);
    assert.equal(row?.get("1_serialNumber"), certificate.serialNumber);
    assert.equal(Number(row?.get("1_notAfter")) * 1000, Date.parse(certificate.validTo));
    assert.equal(Number(row?.get("1_notBefore")) * 1000, Date.parse(certificate.validFrom));
    return [row?.get("1_status"), row?.get("1_certificateID"), row?.get("1_serialNumber")].join(" ");
  }

  it("follows an order from its first call to its certificate and its revocation", async () => {
    const state = async (orderNumber: string): Promise<string | undefined> =>
      (await rows(trial, { orderNumber })).get(orderNumber)?.get("1_status");
    for (const number of ["1000001", "1000005", "1000012", "1000022"]) {
      await trial.ask("ssl", { orderNumber: number, queryType: "0" });
    }
    trial.clock.time += 2000;
    assert.equal(await state("1000001"), "Awaiting Issuance");
    assert.equal(await state("1000012"), "Valid");
    assert.equal(await state("1000022"), "CAA Check Failed");
    trial.clock.time += 1000;
    assert.match(await agrees("1000001"), /^Valid 100000101 /);
    assert.equal(await state("1000012"), "Revoked");
    assert.equal(await state("1000005"), "Awaiting Brand Validation");
    trial.clock.time += 200 * 86_400_000;
    assert.equal(await state("1000001"), "Expired");
  });

  it("tells reissues of the catalogue, and the replaced ones if asked", async () => {
    const first = await agrees("1000008");
    trial.clock.time += 10_000;
    const second = await agrees("1000008");
    assert.match(`${first} ${second}`, /^Valid 100000801 (\w+) Valid 100000802 (?!\1)\w+$/);
    const all = (await rows(trial, { orderNumber: "1000008", showOldItems: "Y" })).get("1000008");
    assert.deepEqual([all?.get("1_status"), all?.get("2_status")], ["Valid", "Replaced"]);
  });

  it("one of the 3,000 is reissued after some steps; no other row changes", async () => {
    const all = async (): Promise<string> => {
      return (await trial.serve("WebHostReport", { showCertificateID: "Y" }, "many")).text;
    };
    const before = await all();
    const first = await agrees(REISSUED.orderNumber, "many");
    trial.clock.time += REISSUED.afterSteps * 1000 - 1;
    assert.ok((await all()) === before);
    trial.clock.time += 1;
    const pairs = new Set(before.split("&"));
    const changed = (await all()).split("&").filter((pair) => !pairs.has(pair));
    assert.deepEqual(
      changed.map((pair) => pair.replace(/=.*/, "")).sort(),
      ["certificateID", "lastStatusChange", "notAfter", "notBefore", "productTermStartDate", "serialNumber"].map(
        (column) => `1234_1_${column}`,
      ),
    );
    assert.notEqual(await agrees(REISSUED.orderNumber, "many"), first);
  });

  it("reissues an order when a test says so", async () => {
    const first = await agrees("7000000001", "many");
    trial.sandbox.reissue("7000000001");
    const second = await agrees("7000000001", "many");
    assert.match(`${first} ${second}`, /^Valid 700000000101 (\w+) Valid 700000000102 (?!\1)\w+$/);
    const { loginPassword } = SANDBOX_ACCOUNTS.find(({ loginName }) => loginName === "many") ?? {};
    const login = { loginName: "many", loginPassword };
    for (const [certificateID, place] of [
      ["700000000101", 0],
      ["700000000102", 1],
    ] as const) {
      const { text } = await trial.ask("ssl", { ...login, certificateID, queryType: "2" });
      const key = await trial.sandbox.privateKeyPem("7000000001", place);
      const { publicKey } = new X509Certificate(pemBlocks(text)[0] ?? "");
      assert.ok(key.length > 0 && publicKey.asymmetricKeyType === "ec");
    }
    for (const number of ["4711", "1000017", "1000011"]) {
      assert.throws(() => trial.sandbox.reissue(number), { code: "no-such-order" });
    }
  });

  it("states of the 3,000 are mixed, and agree with what collecting answers", async () => {
    const states = new Map<string, string[]>();
    for (const [number, row] of await rows(trial, {}, "many")) {
      const state = row.get("1_status") ?? "";
      states.set(state, [...(states.get(state) ?? []), number]);
    }
    const { loginPassword } = SANDBOX_ACCOUNTS.find(({ loginName }) => loginName === "many") ?? {};
    const seen: Record<string, string> = {};
    for (const [state, [orderNumber = ""]] of states) {
      const { text } = await trial.ask("ssl", { loginName: "many", loginPassword, orderNumber, queryType: "0" });
      seen[state] = text.split("\n")[0] ?? "";
    }
    assert.deepEqual(seen, {
      "Awaiting Payment": "-22",
      "Awaiting Validation": "0",
      Expired: "1",
      Rejected: "-20",
      Revoked: "-21",
      Valid: "1",
    });
    assert.ok((states.get("Valid")?.length ?? 0) > 2500);
  });

  it("orders of one account are not there for another one", async () => {
    const reply = await trial.ask("ssl", { orderNumber: "7000000001", queryType: "0" });
    assert.match(reply.text, /^-4\n/);
    assert.equal((await trial.pairs("RetryCAACheck", { orderNumber: "9000000011" })).get("errorCode"), "-4");
  });

  it("the odd account's report has what no reader expects", async () => {
    const { text } = await trial.serve("WebHostReport", {}, "odd");
    assert.match(text, /^errorcode=0&noOfResults=12&1_orderNumber=9000000001&/);
    assert.match(text, /&3_orderNumber=.*&1_orderNumber=9000000001&.*&$/s);
    assert.ok(!/[?&]2_/.test(text) && !text.includes("&13_orderNumber="));
    const found = await rows(trial, {}, "odd");
    assert.equal(found.get("9000000001")?.get("1_status"), "Frobnicating");
    assert.ok((found.get("9000000006")?.get("1_domain")?.length ?? 0) > 4096);
    for (const part of [/<img/, /\]\(command:/, /\u202e/, /eyJ[\w-]+\.[\w-]+\.[\w-]+/, /person@persons\.example/]) {
      assert.ok(
        [...found.values()].some((row) => part.test([...row.values()].join("\n"))),
        String(part),
      );
    }
  });
});
