import assert from "node:assert/strict";
import { LoginGates } from "../../../src/orders/checking/login-gates";
import type { Login } from "../../../src/orders/model/order";
import { START } from "./doubles";
import { LOGIN } from "./world";

const good: Login = { key: LOGIN, proved: true, lastAnswer: { at: START, failures: 0, limited: false } };
const on = { on: true, since: START } as const;

describe("a change of a login that concerns all its orders", () => {
  const cases: readonly (readonly [what: string, before: Login, after: Login, turned: boolean])[] = [
    ["not another good answer", good, { ...good, lastAnswer: { at: START + 1, failures: 0, limited: false } }, false],
    ["not a call that goes on", good, { ...good, unansweredAt: START }, false],
    ["a failure", good, { ...good, lastAnswer: { at: START, failures: 1, limited: false } }, true],
    ["a call limit", good, { ...good, lastAnswer: { at: START, failures: 0, limited: true } }, true],
    ["a freeze", good, { ...good, frozen: { at: START, code: -16, message: "no" } }, true],
    ["reports that are switched on", good, { ...good, report: on }, true],
    ["and off again", { ...good, report: on }, { ...good, report: { ...on, on: false } }, true],
    ["not a report that goes on", { ...good, report: on }, { ...good, report: { ...on, completedAt: START } }, false],
  ];
  for (const [what, before, after, turned] of cases)
    it(what, () => {
      let login = before;
      const gates = new LoginGates({ login: () => login });
      gates.turned([LOGIN]);
      login = after;
      assert.equal(gates.turned([LOGIN]).has(LOGIN), turned);
    });
});
