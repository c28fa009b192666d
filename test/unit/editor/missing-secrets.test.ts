import assert from "node:assert/strict";
import { MissingSecrets } from "../../../src/editor/window/missing-secrets";
import type { AskResult } from "../../../src/orders/checking/ask";

const LOGIN = "sectigo/alice";
const ORDER = { id: "order", login: LOGIN };
const OTHER = { id: "other", login: LOGIN };
const answered: AskResult = {
  kind: "answered",
  answer: { at: 0, outcome: { kind: "pending" }, inRow: 1 },
};

describe("MissingSecrets", () => {
  const told: string[] = [];
  let missing: MissingSecrets;
  beforeEach(() => {
    told.length = 0;
    missing = new MissingSecrets();
    missing.onDidChange((concerned) => told.push(concerned));
  });

  it("hold a password against all orders of its login, until it was entered", () => {
    missing.heed(ORDER, { kind: "no-secret", missing: "password" });
    assert.deepEqual([missing.concern(ORDER), missing.concern(OTHER)], [true, true]);
    missing.entered(LOGIN);
    assert.deepEqual([missing.concern(ORDER), missing.concern(OTHER)], [false, false]);
    assert.deepEqual(told, [LOGIN, LOGIN]);
  });

  it("hold a collection code against its order alone, until the CA answered to it", () => {
    missing.heed(ORDER, { kind: "no-secret", missing: "collection-code" });
    missing.heed(ORDER, { kind: "no-secret", missing: "collection-code" });
    assert.deepEqual([missing.concern(ORDER), missing.concern(OTHER)], [true, false]);
    missing.heed(OTHER, answered);
    assert.equal(missing.concern(ORDER), true);
    missing.heed(ORDER, answered);
    assert.equal(missing.concern(ORDER), false);
    assert.deepEqual(told, ["order", "order"]);
  });

  it("learn nothing from a question that was not asked", () => {
    missing.heed(ORDER, { kind: "busy" });
    assert.deepEqual([missing.concern(ORDER), told], [false, []]);
  });
});
