import assert from "node:assert/strict";
import { callEndpoint, type CollectCall } from "../../src/api/client";
import { SecretMask } from "../../src/api/masking";
import { TransportError, type HttpReply } from "../../src/api/transport";
import { reply } from "../unit/api/answers";
import { CONTEXTS, FORMS, type Form } from "./echo-forms";
import { PLACES } from "./echo-places";
import { tracesOf } from "./secret-traces";

/** Nothing in the product's own words is like them. */
const PASSWORD = "Zq7\"w&Kx<'%é9+Vj/p";
const CODE = "Wq9-xK_7vJz2mB4t";
const OTHERS = "Qz8!vXk2$wJ6";

const SSL: CollectCall = {
  host: "ca.example.test",
  product: "ssl",
  reference: { kind: "orderNumber", value: "123" },
  credentials: { loginName: "jo", loginPassword: PASSWORD },
};

/** Everything that comes of a call and may be shown, kept or logged. */
async function told(answer: HttpReply, call: CollectCall): Promise<string> {
  try {
    const result = await callEndpoint(() => Promise.resolve(answer), call, new AbortController().signal);
    // Bytes for a file that the person names alone, and certificates, which are public.
    return JSON.stringify(result, (key, value: unknown) => (key === "raw" || key === "certificates" ? "" : value));
  } catch (error) {
    assert(error instanceof TransportError, String(error));
    return `${error.message} ${JSON.stringify(error.facts)}`;
  }
}

describe("what a server writes back", () => {
  const byCode: CollectCall = { ...SSL, product: "ccc", reference: { kind: "collectionCode" }, collectionCode: CODE };
  // How a secret is written back does not depend on whose it is.
  const some = FORMS.filter((_, index) => index % 9 === 0);
  const calls: readonly [string, string, CollectCall, readonly Form[]][] = [
    ["the password", PASSWORD, SSL, FORMS],
    ["the collection code", CODE, byCode, some],
    [
      "the password of another login",
      OTHERS,
      { ...SSL, alsoMask: (text) => new SecretMask([OTHERS]).mask(text, "nowhere") },
      some,
    ],
  ];
  for (const [what, secret, call, forms] of calls) {
    const traces = tracesOf(secret);
    for (const [place, answer] of PLACES) {
      it(`${what}, in ${place}: in no form`, async () => {
        for (const [form, write] of forms) {
          const kept = await told(answer(write(secret)), call);
          assert.deepEqual(traces(kept), [], `${form}: ${kept}`);
        }
      });
    }
  }

  it("would be found if it were there", async () => {
    for (const [, secret] of calls) {
      const traces = tracesOf(secret);
      for (const [form, write] of FORMS) assert.notDeepEqual(traces(write(secret)), [], form);
    }
    // Each place is one from which something is told.
    const silent = /Retry-After|proxy|any header|^an entry|the path of|the user of|the end of what/;
    for (const [place, answer] of PLACES) {
      const kept = await told(answer("nothing-secret-1"), SSL);
      assert.equal(kept.includes("nothing-secret-1"), !silent.test(place), `${place}: ${kept}`);
    }
  });

  it("is found whatever stands around it in the message", async () => {
    const traces = tracesOf(PASSWORD);
    for (const [form, write] of FORMS) {
      for (const context of CONTEXTS) {
        const kept = await told(reply(`-4\nThe value ${context(write(PASSWORD))} is invalid!`), SSL);
        const known = new Set(traces(JSON.stringify(context(""))));
        assert.deepEqual(
          traces(kept).filter((trace) => !known.has(trace)),
          [],
          `${form}: ${kept}`,
        );
      }
    }
  });

  it("two domains of which nothing can be shown are one", async () => {
    const echo = (name: string) => `${name}.${encodeURIComponent(PASSWORD)}.example NOTVALIDATED`;
    const kept = await told(reply(`0\n${echo("a")}, ${echo("b")}, c.example VALIDATED`), SSL);
    const { detail } = JSON.parse(kept) as { detail: { steps: { id: string }[] } };
    assert.deepEqual(
      detail.steps.map(({ id }) => id),
      ["domain:(text withheld: it may contain a secret)", "domain:c.example"],
    );
  });
});
