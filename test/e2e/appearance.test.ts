import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { catalogue, DEMO_ACCOUNT } from "../../src/sandbox/server";
import { trackOrders } from "../workbench/seed";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";
import type { Window } from "./window";

/** The themes that every colour and sign must be seen in. */
const THEMES = ["Light Modern", "Dark Modern", "Light High Contrast", "Dark High Contrast"] as const;

/** Widths of the side bar, px: about the editor's default, where rows are cut, and a wider one. */
const WIDTHS = [300, 420] as const;

/** Orders whose states differ, and some that differ in little: docs/SANDBOX.md says what each does. */
const NUMBERS: ReadonlySet<string> = new Set([
  ...["1000001", "1000002", "1000007", "1000008", "1000011", "1000012", "1000014", "1000017", "1000021", "1000022"],
  ...["1000024", "2000001", "2000017", "3000001", "4000001", "5000001", "5000011"],
]);

const AXE = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Off: it takes the name and the description of a row, which the editor draws side by side, for one word.
 * {@link namesUnlikeRows} looks for the same.
 */
const RULES = { "label-content-name-mismatch": { enabled: false } };

/** What is wrong for people who use assistive technology, in a part of the window, as axe-core sees it. */
async function violations(window: Window, part: string): Promise<readonly string[]> {
  await window.page.evaluate(AXE);
  const results = await window.page.evaluate(
    ([selector, rules]) => (globalThis as unknown as { axe: Axe }).axe.run(selector, { rules }),
    [part, RULES] as const,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ""}`),
  );
}

interface Axe {
  run(context: string, options: { readonly rules: typeof RULES }): Promise<AxeResults>;
}

/** Rows whose spoken name does not begin with what is written on them (WCAG 2.2, 2.5.3). */
async function namesUnlikeRows(window: Window): Promise<readonly string[]> {
  const rows = await window.page.locator(".part.sidebar [role=treeitem]").all();
  const named = await Promise.all(
    rows.map(async (row) => {
      const written = await row.locator(".label-name, .label-description").allInnerTexts();
      return [written.filter((text) => text !== "").join(" "), (await row.getAttribute("aria-label")) ?? ""] as const;
    }),
  );
  assert.ok(named.length > 10);
  return named.flatMap(([written, name]) => (name.startsWith(written) ? [] : [`${written} | ${name}`]));
}

describe("the view of orders in every state", () => {
  const editor = useEditor();
  useSandbox(editor, { step: 0, accounts: [DEMO_ACCOUNT] });
  before("track orders of each state", () =>
    trackOrders(
      editor().globalStorage,
      catalogue().filter(({ orderNumber }) => NUMBERS.has(orderNumber)),
    ),
  );

  it("shows them all, in each group", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    for (const group of ["Needs you", "Trouble", "Ready", "Waiting"]) await window.row(group).waitFor();
    await window.row("not checked").waitFor({ state: "detached" });
  });

  for (const theme of THEMES) {
    it(`has nothing that assistive technology would stumble on, and looks right, in ${theme}`, async () => {
      const { window } = editor();
      await window.commandAnswered("Preferences: Color Theme", "Select Color Theme", theme);
      for (const width of WIDTHS) {
        await window.sideBarWidth(width);
        await window.screenshot(`appearance-${theme.toLowerCase().replaceAll(" ", "-")}-${width}`);
        assert.deepEqual(await violations(window, ".part.sidebar .pane-body"), []);
        assert.deepEqual(await namesUnlikeRows(window), []);
      }
    });
  }
});
