import assert from "node:assert/strict";
import { type CatalogueEntry, samples } from "../../../src/sandbox/server";
import { type PATHS, PATIENCE, Trial } from "./client";

/** What an order answers at each step from its first question on; the last one is what it stays with. */
const STORIES: Readonly<Record<string, string>> = {
  "1000001": "0 0 0 1",
  "1000002": "0 0 0 1",
  "1000003": "0 0 0 1",
  "1000004": "0 0 0 1",
  "1000005": "0 0 0 0 0 1",
  "1000006": "0 -26 1",
  "1000007": "0 1",
  "1000008": "1",
  "1000011": "0 -20",
  "1000012": "1 1 1 -21",
  "1000013": "-22 -22 -22 0 1",
  "1000014": "-91",
  "1000015": "-14 -14 1",
  "1000016": "-42 -42 -42 -42 1",
  "1000017": "0",
  "1000020": "1",
  "1000021": "-23",
  "1000022": "0",
  "1000023": "0 0 0 1",
  "1000024": "-90",
  "1000025": "0",
  "1000026": "0",
  "1000027": "0",
  "1000028": "0",
  "1000029": "0",
  "2000001": "0 0 1",
  "2000002": "0 0 1",
  "3000001": "0 1",
  "3000002": "0 1",
  "4000001": "0 1",
  "4000002": "0 1",
  "5000001": "0 0 2",
  "5000002": "0 2",
  "5000018": "-160 -160 -160 2",
};

/** The troubles that all products share: those of SSL, with 2 for 1 where an endpoint has no status alone. */
function expected({ orderNumber }: CatalogueEntry): readonly string[] {
  const story = STORIES[orderNumber] ?? STORIES[`1${orderNumber.slice(1)}`] ?? "";
  return (orderNumber.startsWith("5") ? story.replaceAll(/\b1\b/g, "2") : story).split(" ");
}

async function status(trial: Trial, product: keyof typeof PATHS, fields: Record<string, string>): Promise<string> {
  const { text } = await trial.ask(product, product === "mc" ? fields : { queryType: "0", ...fields });
  return /^-?\d+/.exec(text)?.[0] ?? text;
}

describe("stories of the orders", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start()));
  after(() => trial.stop());

  it("every order goes through its stages, each in its time", async () => {
    const { catalogue } = trial.sandbox;
    const began = trial.clock.time;
    const seen = new Map<string, string[]>(catalogue.map(({ orderNumber }) => [orderNumber, []]));
    const steps = [0, 1, 2, 3, 4, 5, 12];
    for (const step of steps) {
      trial.clock.time = began + step * 1000;
      for (const { product, orderNumber } of catalogue) {
        seen.get(orderNumber)?.push(await status(trial, product, { orderNumber }));
      }
    }
    for (const entry of catalogue) {
      const story = expected(entry);
      const whole = steps.map((step) => story[step] ?? story.at(-1));
      assert.deepEqual(seen.get(entry.orderNumber), whole, `${entry.orderNumber} ${entry.title}`);
    }
  });

  it("the catalogue says when each chapter begins, and has all that a person needs to track the order", () => {
    for (const entry of trial.sandbox.catalogue) {
      const story = expected(entry);
      const changes = story.filter((answer, step) => answer !== story[step - 1]).length;
      assert.ok(entry.story.length >= changes, entry.orderNumber);
      assert.equal(entry.story[0]?.at, 0);
      assert.ok(entry.story.every(({ at, what }, place) => what !== "" && at >= (entry.story[place - 1]?.at ?? 0)));
      assert.match(entry.name, /\.example$/);
      assert.equal(entry.collectionCode !== undefined, entry.product === "ccc" || entry.product === "pac");
      assert.equal(entry.certificateIDs.length > 0, entry.product === "ssl");
    }
    const numbers = trial.sandbox.catalogue.map(({ orderNumber }) => orderNumber);
    assert.equal(new Set(numbers).size, numbers.length);
  });
});

describe("the sample orders", () => {
  it("are the first of each product, which gets ready, and last one that stays and waits", () => {
    const numbers = samples().map(({ orderNumber }) => orderNumber);
    assert.deepEqual(numbers, ["1000001", "2000001", "3000001", "4000001", "5000001", "1000027"]);
    assert.deepEqual(
      numbers.map((number) => STORIES[number]?.split(" ").at(-1)),
      ["1", "1", "1", "1", "2", "0"],
    );
  });
});

describe("an order's clock", function () {
  this.timeout(PATIENCE);

  it("starts with the first question, not with the sandbox", async () => {
    const trial = await Trial.start();
    trial.clock.time += 3_600_000;
    assert.equal(await status(trial, "smime", { orderNumber: "2000002" }), "0");
    trial.clock.time += 1999;
    assert.equal(await status(trial, "smime", { orderNumber: "2000002" }), "0");
    trial.clock.time += 1;
    assert.equal(await status(trial, "smime", { orderNumber: "2000002" }), "1");
    await trial.stop();
  });

  it("is at its end at once where a step takes no time", async () => {
    const trial = await Trial.start({ step: 0 });
    assert.equal(await status(trial, "ssl", { orderNumber: "1000002" }), "1");
    await trial.stop();
  });
});

describe("references to an order", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start({ step: 0 })));
  after(() => trial.stop());

  const rows: readonly (readonly [keyof typeof PATHS, Record<string, string | undefined>, string])[] = [
    ["ssl", { certificateID: "100000201" }, "1"],
    ["ssl", { certificateID: "100000201", orderNumber: "1000002" }, "1"],
    ["ssl", { baseOrderNumber: "900023" }, "1"],
    [
      "ssl",
      { certificateID: "100000201", orderNumber: "1000003" },
      "-4\nThe value of the 'certificateID' argument is invalid!",
    ],
    ["ssl", { orderNumber: "9999999" }, "-4\nThe value of the 'orderNumber' argument is invalid!"],
    ["ssl", { orderNumber: "2000001" }, "-4\nThe value of the 'orderNumber' argument is invalid!"],
    [
      "smime",
      { orderNumber: "1000002" },
      "Request is rejected.\n-4\nThe value of the 'orderNumber' argument is invalid!",
    ],
    ["ccc", { loginName: undefined, loginPassword: undefined, collectionCode: "toy-ccc-02" }, "1"],
    ["ccc", { loginName: undefined, loginPassword: undefined, collectionCode: "toy+ccc/&=%41" }, "1"],
    ["ccc", { loginName: undefined, loginPassword: undefined, collectionCode: "toy-ccc-02 " }, "-4 collectionCode"],
    ["pac", { loginName: undefined, loginPassword: undefined, collectionCode: "toy-pac-02" }, "1"],
    ["pac", { collectionCode: "toy-pac-02" }, "1"],
    ["pac", { orderNumber: "4000002", collectionCode: "toy-pac-02" }, "1"],
    [
      "pac",
      { orderNumber: "4000002", collectionCode: "toy-pac-17" },
      "-4\nThe value of the 'collectionCode' argument is invalid!",
    ],
  ];

  it(`${rows.length} ways to name one`, async () => {
    for (const [product, fields, answer] of rows) {
      const { text } = await trial.ask(product, { queryType: "0", ...fields });
      if (answer === "1") assert.match(text, /^1(\n|$)/, JSON.stringify(fields));
      else if (answer === "-4 collectionCode") assert.match(text, /^\{'errorCode': -4, .*'collectionCode'/);
      else assert.equal(text, answer);
    }
  });
});

describe("replaced and reissued certificates", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start()));
  after(() => trial.stop());

  const serial = async (fields: Record<string, string>): Promise<string> => {
    const { text } = await trial.ask("ssl", { queryType: "2", ...fields });
    return /^-\d+/.exec(text)?.[0] ?? text;
  };

  it("an order number follows to the new certificate, unless behaviourVersion=1 asks for -23", async () => {
    const first = await serial({ orderNumber: "1000020" });
    assert.equal(await serial({ certificateID: "100002001" }), first);
    assert.equal(await serial({ certificateID: "100002002" }), "0");
    trial.clock.time += 2000;
    const second = await serial({ orderNumber: "1000020", behaviourVersion: "0" });
    assert.notEqual(second, first);
    assert.equal(await serial({ orderNumber: "1000020", behaviourVersion: "1" }), "-23");
    assert.equal(await serial({ certificateID: "100002001", behaviourVersion: "1" }), first);
    assert.equal(await serial({ certificateID: "100002002" }), second);
    const old = await trial.ask("ssl", { certificateID: "100002001", queryType: "0", showExtStatus: "Y" });
    assert.equal(old.text, "1\nCertificates Available\nReplaced\nComplete");
  });

  it("the other one always answers -23 to its order number", async () => {
    assert.equal(await serial({ orderNumber: "1000021" }), "-23");
    const both = [await serial({ certificateID: "100002101" }), await serial({ certificateID: "100002102" })];
    assert.ok(both.every((text) => text.startsWith("2\n-----BEGIN CERTIFICATE-----\n")));
    assert.notEqual(both[0], both[1]);
  });

  it("a certificate near its end is reissued within the paid term", async () => {
    const ask = async (): Promise<URLSearchParams> => {
      const fields = { orderNumber: "1000008", queryType: "2", responseFormat: "1", showValidityPeriod: "Y" };
      return new URLSearchParams((await trial.ask("ssl", fields)).text);
    };
    const seconds = (answer: URLSearchParams, key: string): number => Number(answer.get(key));
    const old = await ask();
    const daysLeft = (seconds(old, "notAfter") - trial.clock.time / 1000) / 86_400;
    assert.ok(daysLeft > 5 && daysLeft < 7, `${daysLeft} days`);
    trial.clock.time += 9999;
    assert.equal((await ask()).get("certificate"), old.get("certificate"));
    trial.clock.time += 1;
    const renewed = await ask();
    assert.notEqual(renewed.get("certificate"), old.get("certificate"));
    assert.equal(renewed.get("productTermStartDate"), old.get("productTermStartDate"));
    assert.ok(seconds(renewed, "notAfter") <= seconds(renewed, "productTermEndDate"));
  });
});

describe("bulk orders", function () {
  this.timeout(PATIENCE);

  it("the same seed gives the same orders, another one others, and they are asked for like any", async () => {
    const start = (seed: number): Promise<Trial> => Trial.start({ bulk: { count: 200, seed }, step: 0 });
    const trials = [await start(7), await start(7), await start(8)] as const;
    const bulk = ({ sandbox }: Trial): readonly CatalogueEntry[] =>
      sandbox.catalogue.filter((e) => e.orderNumber > "8");
    const [one, two, three] = [bulk(trials[0]), bulk(trials[1]), bulk(trials[2])];
    assert.equal(one.length, 200);
    assert.deepEqual(one, two);
    assert.notDeepEqual(one, three);
    const answers = new Map<string, number>();
    for (const { orderNumber } of one.slice(0, 60)) {
      const answer = await status(trials[0], "ssl", { orderNumber });
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    assert.deepEqual([...answers.keys()].sort(), ["-20", "-22", "0", "1"]);
    assert.ok((answers.get("1") ?? 0) > 45);
    await Promise.all(trials.map((trial) => trial.stop()));
  });
});
