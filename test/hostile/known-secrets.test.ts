import assert from "node:assert/strict";
import { callEndpoint } from "../../src/api/client";
import { WITHHELD } from "../../src/api/masking";
import { summarizeCollected } from "../../src/reading/summarize-collected";
import { inertText } from "../../src/editor/base/inert-text";
import { KnownSecrets } from "../../src/editor/base/known-secrets";
import { formatEvidence } from "../../src/orders/export/evidence";
import type { AskResult } from "../../src/orders/checking/ask";
import { FORMS } from "./echo-forms";
import { PLACES } from "./echo-places";
import { tracesOf } from "./secret-traces";
import { World } from "../unit/orders/world";

/** Nothing in the product's own words is like them. */
const PASSWORD = "Zq7\"w&Kx<'%é9+Vj/p";
const OTHERS = "Qz8!vXk2$wJ6";

/** Asks about an order, of which a server answers so. */
async function ask(answer: (typeof PLACES)[number][1], echo: string) {
  const world = new World();
  const window = world.window({
    summarizeCollected,
    secrets: {
      password: () => Promise.resolve({ text: PASSWORD, credential: "" }),
      collectionCode: () => Promise.resolve(undefined),
    },
  });
  const [id = assert.fail()] = await window.track("1234567");
  const known = new KnownSecrets();
  known.add(PASSWORD);
  known.add(OTHERS);
  world.answers.set(id, async ({ order, account, secrets }) =>
    callEndpoint(
      () => Promise.resolve(answer(echo)),
      {
        host: "ca.example.test",
        product: order.product,
        reference: order.reference,
        credentials: { loginName: account?.loginName ?? "", loginPassword: secrets.password ?? "" },
        alsoMask: await known.maskOfOthers(),
      },
      new AbortController().signal,
    ),
  );
  const result = await window.ask(id, "person", new AbortController().signal);
  const order = window.book.get(id) ?? assert.fail();
  return { result, order, lines: world.shared.lines, unexpected: window.unexpected, known };
}

const messageOf = (result: AskResult): string =>
  result.kind === "answered" && "message" in result.answer.outcome ? result.answer.outcome.message : result.kind;

/** All that stays of asking: the journal, what is exported of it, and the log. */
async function keptOf(answer: (typeof PLACES)[number][1], echo: string): Promise<string> {
  const { result, order, lines, unexpected, known } = await ask(answer, echo);
  const texts = lines.map((line) => JSON.stringify(line));
  const history = lines.map((line, index) => ({ line, segment: "a", text: texts[index] ?? "", chained: true }));
  const kept = [
    ...texts,
    // Hashes have any six digits sooner or later.
    formatEvidence(order, history, 0).replace(/"[0-9a-f]{64}"/g, ""),
    await known.line(`Asked: ${result.kind}`, messageOf(result)),
    ...unexpected.map(String),
  ].join("\n");
  assert.match(kept, /"type":"answered"/);
  return kept;
}

describe("what is kept of an answer", () => {
  for (const secret of [PASSWORD, OTHERS]) {
    const traces = tracesOf(secret);
    for (const [index, [place, answer]] of PLACES.entries()) {
      it(`holds no ${secret === PASSWORD ? "password" : "password of another login"}: ${place}`, async () => {
        const known = new Set(traces(await keptOf(answer, "nothing-secret-1")));
        // Each form in some places, and each place with some forms.
        for (const [form, write] of FORMS.filter((_, number) => number % 17 === index % 17)) {
          const kept = await keptOf(answer, write(secret));
          const found = traces(kept).filter((trace) => !known.has(trace));
          assert.deepEqual(found, [], `${form}: ${kept}`);
        }
      });
    }
  }
});

describe("a line of the log", () => {
  const lineOf = (secrets: readonly string[], own: string, ...foreign: string[]) => {
    const known = new KnownSecrets();
    for (const secret of secrets) known.add(secret);
    return known.line(own, ...foreign);
  };

  it("masks every secret that is known, in every form, also one that was typed and never used", async () => {
    const known = new KnownSecrets();
    known.add(PASSWORD);
    await known.line("The first line loads what masks.");
    known.add(OTHERS);
    for (const secret of [PASSWORD, OTHERS]) {
      const traces = tracesOf(secret);
      for (const [form, write] of FORMS) {
        const error = new Error(`It failed with ${write(secret)} in it`);
        const line = await known.line(
          "The command x failed.",
          error.stack ?? "",
          `code=${JSON.stringify(write(secret))}`,
        );
        assert.deepEqual(traces(line), [], `${form}: ${line}`);
        assert.match(line, /^The command x failed\. /);
      }
    }
  });

  it("is not emptied by short secrets, and does not tell them by its gaps", async () => {
    const stack = "Error: no\n    at run (/home/me/log.js:1:17)";
    const table: readonly [readonly string[], string, readonly string[], string][] = [
      [["1", "a", "log", "Asked"], "Asked: refused", ['code="-16"'], 'Asked: refused code="-16"'],
      [["1", "a"], "A call failed.", [stack], `A call failed. ${stack}`],
      [["1"], "A call failed.", ["password='1'"], `A call failed. ${WITHHELD}`],
      [["1"], "A call failed.", ["sent: '1'"], `A call failed. ${WITHHELD}`],
      [["s3crt"], "A call failed.", ["It sent s3crt.", "code=1"], `A call failed. ${WITHHELD} code=1`],
      [["hunter22"], "hunter22", ["hunter22"], "•••• ••••"],
    ];
    for (const [secrets, own, foreign, expected] of table) {
      assert.equal(await lineOf(secrets, own, ...foreign), expected);
    }
  });

  it("holds no private key", async () => {
    const line = await lineOf([], "It failed.", "Error: cannot read -----BEGIN EC PRIVATE KEY-----\nMHcCAQEE");
    assert.equal(line, "It failed. (text withheld: it may contain a private key)");
  });

  it("has the right ones of thousands of secrets masked", async () => {
    const codeOf = (number: number) => `code${(number * 7919).toString(36).padStart(6, "0")}X`;
    const known = new KnownSecrets();
    for (let number = 0; number < 5000; number++) known.add(codeOf(number));
    const [first, last, none] = [codeOf(0), codeOf(4999), codeOf(5000)];
    assert.equal(await known.line("Asked:", `${first} ${none}`, last), `Asked: •••• ${none} ••••`);
    assert.equal(await known.line("Asked:", Buffer.from(last).toString("base64")), `Asked: ${WITHHELD}`);
  });

  it("takes thousands of secrets that come at once in turns with whatever else waits", async () => {
    const known = new KnownSecrets();
    for (let number = 0; number < 20_000; number++) known.add(`code${number}`);
    let [turns, isOver] = [0, false];
    const count = (): void => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const first = known.line("Asked:", "code19999");
    const second = known.line("Asked:", "code7777");
    assert.deepEqual(await Promise.all([first, second]), ["Asked: ••••", "Asked: ••••"]);
    isOver = true;
    assert.ok(turns >= 20, `${turns} turns`);
  });

  it("is made inert and cut after it is masked, never before", async () => {
    const secret = "a$(b](c1!x";
    const known = new KnownSecrets();
    known.add(secret);
    const finish = (text: string): string => inertText(text, 40);
    assert.equal(await known.line("It failed.", { text: `sent ${secret}`, finish }), "It failed. sent ••••");
    const long = `${"word ".repeat(7)}${secret} and more of it`;
    assert.equal(await known.line("It failed.", { text: long, finish }), `It failed. ${"word ".repeat(7)}••••…`);
    assert.equal(await known.line("It failed.", { text: "\n[info] forged", finish }), "It failed.  [info] forged");
  });
});
