import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { OrderFacts } from "../../src/editor/view/tree-elements";
import { certificateItem, stepItem } from "../../src/editor/view/detail-items";
import { orderItem, orderItemTooltip } from "../../src/editor/view/order-item";
import { ROW_MARK_DECORATIONS } from "../../src/editor/view/row-marks";
import { sectionItem } from "../../src/editor/view/section-items";
import { orderHover } from "../../src/editor/languages/order-hover";
import type { CollectedCertificate, Order } from "../../src/orders/model/order";
import { activeIn, activeInMarkdown } from "./oracle";

const HOSTILE =
  "[run](command:workbench.action.terminal.new) $(bell) ![i](https://evil.test/i.png)\u202e<b>\n\u0000</b>";
const MARK = "command:workbench";

const collected: CollectedCertificate = {
  at: 0,
  leaf: "a",
  chain: [],
  serialNumber: "01",
  subject: `CN=${HOSTILE}`,
  names: [HOSTILE],
  notBefore: 0,
  notAfter: 1,
  doubts: [{ kind: "names", message: HOSTILE }],
};

/** Hostile wherever it has a text. */
const order: Order = {
  id: "sectigo~ssl~order~1",
  ca: `other:${HOSTILE}`,
  product: "ssl",
  reference: { kind: "orderNumber", value: HOSTILE },
  label: HOSTILE,
  tags: [HOSTILE],
  trackedAt: 0,
  certificates: [collected],
  paused: false,
  muted: false,
  asked: { at: 0, why: "person", question: "everything", answered: true },
  answer: {
    at: 0,
    inRow: 1,
    outcome: { kind: "refused", code: -20, message: HOSTILE, advice: HOSTILE, after: "final" },
  },
  detail: {
    at: 0,
    detail: {
      fqdn: HOSTILE,
      certificateStatus: HOSTILE,
      validationStatus: HOSTILE,
      caa: HOSTILE,
      other: [HOSTILE],
      domains: [{ domain: HOSTILE, status: HOSTILE }],
      steps: [{ id: "step", state: "you", title: HOSTILE, next: HOSTILE }],
    },
  },
};

const account = {
  id: "account",
  label: HOSTILE,
  loginName: HOSTILE,
  host: HOSTILE,
  ca: order.ca,
  frozen: { at: 0, code: -16, message: HOSTILE },
};

const facts: OrderFacts = {
  order,
  account,
  check: { reason: "final", plan: { reason: "final" } },
  state: { group: "trouble", status: "refused", words: HOSTILE, advice: HOSTILE, archived: false },
  twins: [order],
};

/** All that the editor shows of a row. */
function textsOf(item: vscode.TreeItem): string[] {
  const { label, description, tooltip, accessibilityInformation } = item;
  return [label, description, tooltip, accessibilityInformation?.label].filter((text) => typeof text === "string");
}

const rows: readonly [what: string, texts: () => readonly string[]][] = [
  ["an order", () => textsOf(orderItem(facts, { kind: "order", order: order.id, section: HOSTILE }))],
  ["an order's tooltip", () => [orderItemTooltip(facts)]],
  ["a step", () => textsOf(stepItem({ kind: "step", order: order.id, step: "step" }, order))],
  [
    "a collected certificate",
    () => textsOf(certificateItem({ kind: "certificate", order: order.id, serialNumber: "01" }, collected, true)),
  ],
  [
    "an account",
    () =>
      textsOf(sectionItem({ kind: "section", section: "account" }, "account", 1, { account, waitsUntil: undefined })),
  ],
  ["a tag", () => textsOf(sectionItem({ kind: "section", section: HOSTILE }, "tag", 1, undefined))],
];

describe("rows of hostile orders", () => {
  for (const [what, texts] of rows) {
    it(`are text and nothing else: ${what}`, () => {
      const shown = texts();
      assert.ok(shown.some((text) => text.includes(MARK)));
      for (const text of shown) assert.equal(activeIn(text), undefined, text);
    });
  }

  it("are marked where an order is tracked twice, and only then", () => {
    const { twins, ...alone } = facts;
    const row = { kind: "order", order: order.id, section: "" } as const;
    const decorations = [facts, alone].map((each) => {
      const { resourceUri } = orderItem(each, row);
      const { token } = new vscode.CancellationTokenSource();
      return resourceUri && ROW_MARK_DECORATIONS.provideFileDecoration(resourceUri, token);
    });
    assert.equal(twins?.length, 1);
    const [marked, unmarked] = decorations as (vscode.FileDecoration | undefined)[];
    assert.deepEqual([marked?.badge, marked?.tooltip, unmarked], ["2", "tracked twice", undefined]);
    const other = vscode.Uri.parse("file:///a?muted");
    assert.equal(
      ROW_MARK_DECORATIONS.provideFileDecoration(other, new vscode.CancellationTokenSource().token),
      undefined,
    );
  });

  it("are text and nothing else in a hover", () => {
    const [start, end] = [0, 1];
    const reference = { kind: "orderNumber", value: "1" } as const;
    const listed = {
      product: "ssl",
      reference,
      label: HOSTILE,
      tags: [HOSTILE],
      start,
      end,
      number: { start, end },
    } as const;
    const hover = orderHover(listed, facts);
    assert.equal(activeInMarkdown(hover.value), undefined, hover.value);
    assert.ok(hover.isTrusted !== true && hover.supportHtml !== true);
  });
});
