import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fixtureNames } from "../unit/certificates/fixtures";
import { DetailsPage, useBrowser } from "./details-page";
import { detailsOf, Issuer } from "./issued";
import { markCertificate } from "../../src/sandbox/profiles";
import { waitsForMuch } from "./order";
import { authorities, fixturePage } from "./real-certificates";

describe("the page of certificates", () => {
  const browser = useBrowser();

  /** Every kind of thing that can be opened. */
  const FILES = [
    ...fixtureNames("extensions", ".pem"),
    ...fixtureNames("keys", ".pem"),
    ...fixtureNames("containers", ".pem"),
    "names.pem",
  ];

  it("shows every section and label of every fixture, and breaks no rule of its content policy", async () => {
    const details = await DetailsPage.open(browser());
    for (const name of FILES) {
      const model = fixturePage(name);
      await details.show({ source: name, details: model });
      const [object] = model.objects;
      assert.ok(object, name);
      const headings = await details.page.locator(".object h3 bdi").allInnerTexts();
      assert.deepEqual(
        headings,
        object.sections.map(({ title }) => title),
        name,
      );
      const labels = new Set(await details.page.locator(".section-body > dl > .row > dt bdi").allInnerTexts());
      for (const { label } of object.sections.flatMap(({ rows }) => rows))
        assert.ok(labels.has(label), `${name}: ${label}`);
    }
    assert.deepEqual(details.complaints, []);
    assert.deepEqual(details.strayRequests, []);
    await details.close();
  });

  it("shows a chain of real certificates as a tree, and the one that is chosen", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ details: authorities("Sectigo Public Server Authentication") });
    const tree = details.page.getByRole("tree", { name: "Contents" });
    const root = tree.getByRole("treeitem", { name: /Root R46/ }).first();
    const issued = tree.getByRole("treeitem", { name: /CA DV R36/ });
    assert.equal(await issued.getAttribute("aria-level"), "2");
    await issued.click();
    assert.equal(await issued.getAttribute("aria-selected"), "true");
    await details.page
      .getByRole("heading", { name: "CA certificate Sectigo Public Server Authentication CA DV R36" })
      .waitFor();
    await root.click();
    await details.page
      .getByRole("heading", { name: "Root certificate Sectigo Public Server Authentication Root R46" })
      .waitFor();
    const selected = (await details.sent()).filter(({ type }) => type === "select");
    assert.equal(selected.length, 2);
    await details.close();
  });

  it("shows what the CA's services said as text, with the state of each step", async () => {
    const details = await DetailsPage.open(browser());
    const order = waitsForMuch(Date.UTC(2026, 10, 21, 13, 5));
    const markup = "<img src=https://evil.test/x onerror=alert(1)>\u202emoc";
    const { validation } = order;
    assert.ok(validation);
    const hostile = { title: markup, status: markup, state: "you", description: markup } as const;
    await details.show({ order: { ...order, validation: { ...validation, steps: [...validation.steps, hostile] } } });
    const part = details.page.locator(".waits");
    assert.equal(await part.getByRole("heading").innerText(), "What the CA waits for");
    const items = await part.getByRole("listitem").allInnerTexts();
    assert.match(items[1] ?? "", /^Subscriber Agreement · ActionRequired\s+We sent an e-mail/);
    assert.ok(items.includes("b.example · by a CNAME record · Not Validated"), items.join("\n"));
    assert.match(
      items[4] ?? "",
      /^<img src=https:\/\/evil\.test\/x onerror=alert\(1\)> U\+202E RIGHT-TO-LEFT OVERRIDE moc/,
    );
    await part.getByText("No answer from GetMDCDomainDetails").waitFor();
    assert.equal(await part.locator("img").count(), 0);
    assert.deepEqual([details.complaints, details.strayRequests], [[], []]);
    await details.close();
  });

  it("shows a picture as a picture", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ details: await new Issuer().details(markCertificate("vmc", "example.com")) });
    const picture = details.page.locator("img");
    assert.ok((await picture.getAttribute("src"))?.startsWith("data:image/svg+xml;base64,"));
    await details.page.waitForFunction(() => (document.querySelector("img")?.naturalWidth ?? 0) > 0);
    assert.deepEqual(details.complaints, []);
    await details.close();
  });

  it("shows where a file is damaged", async () => {
    const details = await DetailsPage.open(browser());
    const broken = detailsOf(Buffer.from("-----BEGIN CERTIFICATE-----\nMIIB!!!!\n-----END CERTIFICATE-----\n"));
    await details.show({ details: broken });
    await details.page.getByRole("heading", { name: "Damage" }).waitFor();
    const notes = await details.page.locator(".damage li").allInnerTexts();
    assert.equal(notes.length, broken.damage.length);
    for (const [index, { message, offset }] of broken.damage.entries()) {
      assert.ok(notes[index]?.includes(message) && notes[index].includes(`byte ${offset}`), notes[index]);
    }
    await details.close();
  });

  it("shows apart what is no damage", async () => {
    const details = await DetailsPage.open(browser());
    const store = detailsOf(readFileSync("test/fixtures/strangers/files/trust.jks"));
    await details.show({ details: store });
    await details.page.getByRole("heading", { name: "Notes" }).waitFor();
    assert.equal(await details.page.getByRole("heading", { name: "Damage" }).count(), 0);
    assert.match(await details.page.locator(".damage li").innerText(), /was not checked/);
    assert.equal(await details.page.locator(".damage .severity.error").count(), 0);
    await details.close();
  });

  it("shows findings in their section, and those of none above", async () => {
    const details = await DetailsPage.open(browser());
    const page = fixturePage("extensions/mark.pem");
    const findings = [
      {
        id: "a",
        severity: "error",
        message: "It lives too long.",
        advice: "Ask again.",
        clause: "BR 6.3.2",
        section: "validity",
      },
      { id: "b", severity: "warning", message: "It is odd.", section: "nowhere" },
    ] as const;
    await details.show({ details: { ...page, objects: page.objects.map((object) => ({ ...object, findings })) } });
    const validity = details.page.locator(".section", {
      has: details.page.getByRole("heading", { name: /^Validity/ }),
    });
    assert.match(await validity.locator(".findings").innerText(), /It lives too long\. Ask again\. \(BR 6\.3\.2\)/);
    assert.match(await details.page.locator(".object > .findings").innerText(), /It is odd\./);
    await details.page.getByRole("button", { name: "Validity Error" }).waitFor();
    await details.close();
  });

  it("prepares a Copy for what is selected, else for the value below the pointer, and none elsewhere", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ details: fixturePage("containers/root-first.pem") });
    const { page } = details;
    const context = () =>
      page.evaluate(() => JSON.parse(document.body.dataset.vscodeContext ?? "null") as Record<string, unknown>);
    const common = { preventDefaultContextMenuItems: true };
    await page.getByRole("heading", { level: 1 }).click({ button: "right" });
    assert.deepEqual(await context(), { ...common, canCopy: false });
    await page.locator("dd .shown", { hasText: "www.example.test" }).first().click({ button: "right" });
    assert.deepEqual(await context(), { ...common, canCopy: true, copy: "www.example.test" });
    await page.getByRole("heading", { level: 1 }).selectText();
    await page.locator("dd .shown").nth(1).click({ button: "right", trial: true });
    await page.locator("dd .shown").nth(1).dispatchEvent("contextmenu");
    assert.deepEqual(await context(), { ...common, canCopy: true, copy: "www.example.test" });
    await details.close();
  });

  it("leaves a text field the editor's own Cut, Copy and Paste", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ details: fixturePage("containers/root-first.pem") });
    const { page } = details;
    await page.locator("input").first().click({ button: "right" });
    const context = await page.evaluate(() => JSON.parse(document.body.dataset.vscodeContext ?? "null") as unknown);
    assert.deepEqual(context, { preventDefaultContextMenuItems: false, canCopy: false });
    await details.close();
  });

  it("is called after what it shows, one after the other", async () => {
    const details = await DetailsPage.open(browser());
    const own = await details.page.title();
    await details.show({});
    assert.equal(await details.page.title(), own);
    for (const title of ["www.example.org", "mail.example.org <b>"]) {
      await details.show({ title });
      assert.equal(await details.page.title(), title);
    }
    await details.close();
  });

  it("says from which machine a server was asked, where that is not the person's own", async () => {
    const details = await DetailsPage.open(browser());
    const report = { at: Date.UTC(2026, 0, 1), results: [{ tone: "good" as const, words: "It is not revoked." }] };
    const from = "from the remote machine (SSH)";
    await details.show({
      checks: [
        { title: "There", ...report, from },
        { title: "Here", ...report },
      ],
    });
    const [there = "", here = ""] = await details.page.locator("p.asked").allInnerTexts();
    assert.match(there, /^Asked: .*2026.* · from the remote machine \(SSH\)$/);
    assert.match(here, /^Asked: .*2026[^·]*$/);
    await details.close();
  });

  it("says what it is sent instead of certificates", async () => {
    const details = await DetailsPage.open(browser());
    await details.send({ type: "failed", message: "The file is gone." });
    assert.equal(await details.page.getByRole("alert").first().innerText(), "The file is gone.");
    await details.show({});
    await details.page.getByText("There is nothing to show.").waitFor();
    await details.send({ type: "show", content: { source: 7 } });
    await details.page.getByText("This page received data that it does not understand.").waitFor();
    await details.show({ details: fixturePage("names.pem") });
    await details.page.getByRole("heading", { level: 1 }).waitFor();
    await details.close();
  });
});
