import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { callService } from "../../src/api/services/call";
import type { ReportRow } from "../../src/api/services/service-result";
import { createTransport } from "../../src/net/transport";
import { reportedRowOf } from "../../src/orders/checking/reports";
import { Book } from "../../src/orders/journal/book";
import type { OrderEvent } from "../../src/orders/journal/events";
import { loginKey } from "../../src/orders/model/login-key";
import { formatOrderId } from "../../src/orders/model/order-id";
import { MANY_ACCOUNT, type Sandbox } from "../../src/sandbox/server";
import { openStorage } from "../../src/storage/storage";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";

const { loginName } = MANY_ACCOUNT;
const ACCOUNT = { id: "many", label: "My account", loginName, host: "", ca: "sandbox" } as const;
const LOGIN = loginKey(ACCOUNT.ca, ACCOUNT);
const DAY = 24 * 60 * 60 * 1000;
/** ms: reports about the sandbox's orders come every 15 s. */
const PATIENCE = 60_000;

/** The rows of the sandbox's own report. */
async function reportRows({ url, caPem }: Sandbox): Promise<readonly ReportRow[]> {
  const answer = await callService(
    createTransport({ extraCertificateAuthorities: [caPem] }),
    {
      host: new URL(url).host,
      service: "WebHostReport",
      credentials: MANY_ACCOUNT,
      values: { showAdditionalDomains: "Y", showCertificateID: "Y" },
    },
    new AbortController().signal,
  );
  return answer.kind === "report" ? answer.report.rows : assert.fail(answer.kind);
}

/** What is journaled of an order at its end that was collected, or rejected, as the report says. */
function linesOf(row: ReportRow): OrderEvent[] {
  const name = {
    ca: ACCOUNT.ca,
    product: "ssl",
    reference: { kind: "orderNumber", value: row.orderNumber },
  } as const;
  const id = formatOrderId(name);
  const answered = { type: "answered", id, login: LOGIN, inRow: 1, failures: 0, proves: true } as const;
  const leaf = createHash("sha256").update(row.orderNumber).digest("hex");
  const { serialNumber, domains, notBefore = 0, notAfter = 0 } = row;
  const end: readonly OrderEvent[] =
    serialNumber === undefined
      ? [{ ...answered, outcome: { kind: "refused", code: -20, message: "Rejected", advice: "", after: "final" } }]
      : [
          {
            ...{ type: "collected", id, leaf, chain: [leaf], serialNumber, names: domains },
            ...{ subject: `CN=${domains[0] ?? ""}`, notBefore, notAfter },
          },
          { ...answered, outcome: { kind: "issued", leaf } },
          { type: "opened", id },
        ];
  return [
    { type: "tracked", id, ...name, account: ACCOUNT.id },
    { type: "asked", id, login: LOGIN, why: "schedule", question: "everything" },
    ...end,
    { type: "reported", id, row: reportedRowOf(row) },
  ];
}

describe("a person whose 3,000 orders are watched by report", () => {
  const editor = useEditor();
  // Steps so long that nothing happens by itself.
  const sandbox = useSandbox(editor, {
    accounts: [{ ...MANY_ACCOUNT, holding: "many", firstRow: 0 }],
    step: DAY,
  });
  let rows: readonly ReportRow[] = [];
  before("have them all collected or refused, and watched", async () => {
    rows = await reportRows(sandbox());
    const storage = openStorage(editor().globalStorage);
    await new Book(storage.journal).record([
      { type: "account-set", account: ACCOUNT },
      ...rows.flatMap(linesOf),
      { type: "report-watch", login: LOGIN, on: true },
    ]);
    await storage.close();
  });

  /** The order that is reissued. */
  const watched = () => rows.find(({ status, notAfter = 0 }) => status === "Valid" && notAfter > Date.now() + 90 * DAY);
  const name = () => watched()?.domains[0] ?? "";
  const reports = () => sandbox().requests.byService.get("WebHostReport")?.length ?? 0;
  const tooltipSays = async (words: string): Promise<void> => {
    const { window } = editor();
    const tooltip = window.page.locator(".monaco-hover:visible").filter({ hasText: words });
    // It comes when the pointer moves to the row, and goes when the row changes.
    for (const deadline = Date.now() + PATIENCE; !(await tooltip.isVisible()); await wait(1000)) {
      if (Date.now() > deadline) throw new Error(`the tooltip does not say “${words}”`);
      await window.page.locator(".part.sidebar .composite.title").hover();
      await window.row(name()).hover();
    }
  };
  /** Waits until further reports were answered, at least one of which began after this was called. */
  const nextReports = async (): Promise<void> => {
    const before = reports();
    const deadline = Date.now() + PATIENCE;
    while (reports() < before + 2) {
      if (Date.now() > deadline) throw new Error("no report was asked for");
      await wait(100);
    }
  };

  it("sees them, and none of them is asked about", async () => {
    assert.equal(rows.length, 3_000);
    const window = await editor().open();
    await window.openView("Certificates");
    await window.sideBarWidth(480);
    await window.row("Trouble").waitFor();
    await nextReports();
    await window.screenshot("watch-by-report-1-watched");
    await window.commandAnswered("Certificates: Filter Orders…", "Words from a name", name());
    await window.page.getByText(`Orders that match “${name()}”: 1 of`).waitFor();
    await window.row("Done").click();
    await tooltipSays("As the CA's report of");
    await window.screenshot("watch-by-report-2-valid");
    assert.deepEqual([...sandbox().requests.byOrder], []);
  });

  it("sees the one that was reissued, after a report and one call for it alone", async () => {
    const { window } = editor();
    sandbox().reissue(watched()?.orderNumber ?? "");
    await window.row("Ready").waitFor();
    await window.rowSays(name(), "New");
    await nextReports();
    await tooltipSays("As the CA's report of");
    await window.screenshot("watch-by-report-3-new");
    await window.row(name()).click();
    await window
      .webview()
      .getByRole("button", { name: `Order ${watched()?.orderNumber}` })
      .click();
    const said = window.webview().getByText("As the CA's report of").first();
    await said.scrollIntoViewIfNeeded();
    await window.screenshot("watch-by-report-4-page");
    const calls = [...sandbox().requests.byOrder].map(([order, times]) => [order, times.length]);
    assert.deepEqual(calls, [[`ssl:${watched()?.orderNumber}`, 1]]);
  });

  it("never had two calls at once, nor a sign-in refused", () => {
    const { requests } = sandbox();
    assert.deepEqual([requests.overlaps, requests.failedLogins], [0, 0]);
    assert.equal(requests.total, reports() + 1);
  });
});
