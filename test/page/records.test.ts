import assert from "node:assert/strict";
import { DetailsPage, useBrowser } from "./details-page";
import type { RecordsDomain } from "../../src/webview/content";
import { waitingOrder } from "./order";
import { blockedRecords, requestRecords } from "./records";

const NOW = Date.UTC(2026, 10, 21, 13, 5);

describe("the records of a validation, on the page", () => {
  const browser = useBrowser();
  const card = blockedRecords(NOW);

  it("stand below the order's steps and above its history, what is not in order open", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ order: waitingOrder(NOW), records: card });
    const headings = await details.page.getByRole("heading").allInnerTexts();
    assert.deepEqual(
      headings.map((heading) => heading.replace(/\s+/g, " ").trim()),
      [
        "b.example",
        "Validation",
        "What blocks this order",
        "b.example · In place, as far as this computer sees",
        "Error: www.shop.example · CAA forbids the CA to issue",
        "CNAME record",
        "File for the web root",
        "CAA",
        "Record to add",
        "What cannot be known from here",
        "History",
      ],
    );
    await details.close();
  });

  it("are tables with a caption, headings, and a row for each server below its question", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ records: card });
    const table = details.page.getByRole("table", { name: "What the servers answered for www.shop.example" });
    assert.deepEqual(await table.getByRole("columnheader").allInnerTexts(), ["Server", "Answer"]);
    assert.equal(await table.locator("th[scope=rowgroup]").count(), 2, "each question once");
    const rows = await table.locator("tr:has(th[scope=row])").allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.replace(/\s+/g, " ").trim()),
      [
        "resolver 192.0.2.53 no such name (NXDOMAIN)",
        "ns1.shop.example (192.0.2.1) Warning: no answer in time",
        "ns2.shop.example (2001:db8::53) Error: another record: parked.example.net",
      ],
    );
    const caa = details.page.getByRole("table", { name: "CAA records of shop.example" });
    assert.deepEqual(await caa.getByRole("columnheader").allInnerTexts(), ["Flags", "Property", "Value"]);
    assert.deepEqual(await caa.getByRole("cell").allInnerTexts(), [
      "0",
      "issue",
      "ca.example",
      "128",
      "tbs",
      "(empty)",
    ]);
    await details.close();
  });

  it("are copied field by field, as a line, and as a whole file, by keyboard", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ records: card });
    const { page } = details;
    const copied = async (): Promise<string> => {
      const sent = (await details.sent()).at(-1);
      return sent?.type === "copy" ? sent.text : JSON.stringify(sent);
    };
    const [, blocked] = card.domains;
    assert.ok(blocked);
    const texts = blocked.records.flatMap(({ fields, line }) => [
      ...fields.map(({ value }) => value),
      ...(line === undefined ? [] : [line]),
    ]);
    // Each record is one stop of the Tab key, and the arrows go on inside it.
    await page.getByRole("button", { name: "Copy Host for www.shop.example", exact: true }).first().focus();
    const [record] = blocked.records;
    const inFirst = (record?.fields.length ?? 0) + 1;
    for (const [index, text] of texts.entries()) {
      if (index > 0) await page.keyboard.press(index === inFirst ? "Tab" : "ArrowDown");
      await page.keyboard.press("Enter");
      assert.equal(await copied(), text);
    }
    assert.match(texts.at(-1) ?? "", /^[0-9a-f]{64}\nsectigo\.com\nAb12$/);
    await details.close();
  });

  it("ask the editor for what their buttons say", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ records: card });
    const group = details.page.getByRole("group", { name: "Actions for the records" });
    for (const { label } of card.actions) await group.getByRole("button", { name: label, exact: true }).click();
    assert.deepEqual(
      await details.sent().then((sent) => sent.filter(({ type }) => type === "action")),
      card.actions.map(({ id }) => ({ type: "action", id })),
    );
    await details.close();
  });

  it("keep place, focus and what is open when something changes, and after a reload", async () => {
    const details = await DetailsPage.open(browser());
    const order = waitingOrder(NOW);
    await details.show({ order, records: card });
    const done = details.page.getByRole("button", { name: /(^|: )b\.example/ });
    const blocked = details.page.getByRole("button", { name: /www\.shop\.example/ }).first();
    assert.deepEqual(await Promise.all([done, blocked].map((heading) => heading.getAttribute("aria-expanded"))), [
      "false",
      "true",
    ]);
    await blocked.press("Enter");
    await done.press("Enter");
    await details.show({ order, records: { ...card, progress: "Checking: 1 of 2" } });
    await details.page.getByText("Checking: 1 of 2").waitFor();
    const focused = () => details.page.evaluate(() => document.activeElement?.textContent ?? "");
    assert.match(await focused(), /^b\.example/);
    const [first, ...others] = card.domains;
    assert.ok(first);
    const changed = { ...first, state: { tone: "attention", words: "Not in place" } as const };
    for (const reloads of [false, true]) {
      if (reloads) await details.load();
      await details.show({ order, records: { ...card, domains: [changed, ...others] } });
      if (!reloads) assert.match(await focused(), /b\.example · Not in place/);
      assert.deepEqual(
        await Promise.all([done, blocked].map((heading) => heading.getAttribute("aria-expanded"))),
        ["true", "false"],
        `reloads: ${reloads}`,
      );
      await details.page.getByRole("button", { name: "Copy Host for b.example", exact: true }).waitFor();
    }
    await details.close();
  });

  it("have nothing to open for a domain of which nothing is known, and no list for a record shown above", async () => {
    const details = await DetailsPage.open(browser());
    const [first] = card.domains;
    assert.ok(first);
    const nothing = { standings: [], findings: [], records: [], seen: [] };
    const bare: RecordsDomain = { domain: "bare.example", state: first.state, ...nothing };
    const shared = { title: "CNAME record", fields: [], notes: ["Shown for b.example."] };
    const below: RecordsDomain = { ...bare, domain: "below.example", state: { tone: "attention", words: "No CNAME" } };
    await details.show({ records: { ...card, domains: [bare, { ...below, records: [shared] }] } });
    const { page } = details;
    await page.getByRole("heading", { name: "bare.example", level: 3 }).waitFor();
    assert.equal(await page.getByRole("button", { name: "bare.example" }).count(), 0);
    await page.getByText("Shown for b.example.").waitFor();
    assert.equal(await page.locator(".record-domain dl").count(), 0);
    await details.close();
  });

  it("of many domains are folded but for the first, and drawn once they are opened", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ records: requestRecords(Array.from({ length: 300 }, (_, at) => `host${at}.example`)) });
    const { page } = details;
    assert.equal(await page.locator(".record-domain").count(), 20);
    assert.equal(await page.locator(".record-domain dl").count(), 2);
    await page.getByRole("button", { name: "Show All (300)" }).press("Enter");
    await page.getByRole("button", { name: /^host299\.example/ }).waitFor();
    assert.equal(await page.locator(".record-domain dl").count(), 2);
    await page.getByRole("button", { name: /^host299\.example/ }).press("Enter");
    await page.getByRole("button", { name: "Copy Target for host299.example" }).waitFor();
    await details.close();
  });

  it("are text, whatever a server or the CA wrote", async () => {
    const details = await DetailsPage.open(browser());
    const markup = "<img src=https://evil.test/x onerror=alert(1)>\u202emoc";
    const result = { tone: "bad", words: markup } as const;
    const record = { title: markup, fields: [{ label: markup, value: `${markup}\n${markup}` }], notes: [markup] };
    const seen = [{ ...result, server: markup, question: markup }];
    await details.show({
      records: {
        ...{ heading: markup, request: [result], progress: markup, asked: markup, at: NOW, limits: [markup] },
        domains: [
          {
            ...{ domain: markup, state: result, method: markup, standings: [result], seen },
            records: [{ ...record, line: markup }],
            findings: [{ ...result, next: markup }],
            caa: {
              ...{ ...result, seen, add: [record] },
              set: { title: markup, records: [{ flags: markup, tag: markup, value: markup }] },
            },
          },
        ],
        actions: [],
      },
    });
    const { page } = details;
    const shown = await page.locator(".records").innerText();
    assert.equal(shown.split("<img").length - 1, 35);
    assert.equal(await page.locator("img").count(), 0);
    assert.doesNotMatch(shown, /\u202e/);
    assert.deepEqual([details.complaints, details.strayRequests], [[], []]);
    await details.close();
  });

  it("make way for the filter, and go where there are none", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ records: card });
    assert.equal(await details.page.locator(".records").isVisible(), true);
    await details.show({});
    assert.equal(await details.page.locator(".records").isVisible(), false);
    await details.page.getByText("There is nothing to show.").waitFor();
    await details.close();
  });
});
