import assert from "node:assert/strict";
import { DetailsPage, useBrowser } from "./details-page";
import { ACTIONS, reports, waitingOrder } from "./order";
import { fixturePage } from "./real-certificates";
import { realChain, SAVE_CHAIN } from "./states";

const NOW = Date.UTC(2026, 10, 20);

describe("what a person did with the page", () => {
  const browser = useBrowser();

  it("comes back after a reload, for the same source alone", async () => {
    const details = await DetailsPage.open(browser());
    const { page } = details;
    const shown = { source: "order/1", details: fixturePage("containers/root-first.pem") };
    await details.show(shown);
    await page.getByRole("treeitem").first().click();
    const heading = await page.locator("h2 .of").innerText();
    await page.getByRole("button", { name: "Subject", exact: true }).click();
    await page.evaluate(() => scrollTo(0, 400));
    await page.waitForFunction(() => sessionStorage.getItem("state")?.includes('"scroll":400'));
    await details.load();
    await details.show(shown);
    assert.equal(await page.locator("h2 .of").innerText(), heading);
    assert.equal(await page.getByRole("treeitem").first().getAttribute("aria-selected"), "true");
    assert.equal(
      await page.getByRole("button", { name: "Subject", exact: true }).getAttribute("aria-expanded"),
      "false",
    );
    assert.equal(await page.evaluate(() => scrollY), 400);

    await page.getByRole("searchbox").fill("sha");
    await page.locator("mark").first().waitFor();
    await details.load();
    await details.show(shown);
    assert.equal(await page.getByRole("searchbox").inputValue(), "sha");
    await page.locator("mark").first().waitFor();

    await details.show({ ...shown, source: "order/2" });
    assert.equal(await page.getByRole("searchbox").inputValue(), "");
    assert.equal(
      await page.getByRole("button", { name: "Subject", exact: true }).getAttribute("aria-expanded"),
      "true",
    );
    await details.close();
  });

  it("survives a state that is none of ours", async () => {
    const details = await DetailsPage.open(browser());
    await details.page.evaluate(() =>
      sessionStorage.setItem("state", '{"source":"order/1","closed":"all","scroll":-1}'),
    );
    await details.load();
    await details.show({ source: "order/1", details: fixturePage("names.pem") });
    await details.page.getByRole("heading", { level: 1 }).waitFor();
    assert.deepEqual(details.complaints, []);
    await details.close();
  });

  it("stays while the order moves on", async () => {
    const details = await DetailsPage.open(browser());
    const { page } = details;
    const shown = { details: fixturePage("containers/root-first.pem"), order: waitingOrder(NOW), actions: ACTIONS };
    await details.show(shown);
    await page.getByRole("button", { name: "Public Key", exact: true }).focus();
    const section = await page.locator(":focus").elementHandle();
    await details.show({ ...shown, order: { ...waitingOrder(NOW), state: { tone: "good", words: "Ready" } } });
    await page.getByText("Ready", { exact: true }).waitFor();
    assert.ok(
      await section?.evaluate((element) => element === document.activeElement),
      "what did not change was not drawn again",
    );
    await page.getByRole("button", { name: "Check Now" }).focus();
    await details.show({ ...shown, actions: [{ id: "checkOrder", label: "Check Again" }] });
    assert.equal(await page.locator(":focus").innerText(), "Check Again");
    await page.getByRole("button", { name: "Order 1234567" }).focus();
    await details.show({ ...shown, order: { ...waitingOrder(NOW), facts: [] } });
    assert.equal(await page.locator(":focus").innerText(), "Order 1234567");
    await details.close();
  });
});

describe("the page of a chain", () => {
  const browser = useBrowser();

  it("shows timestamps and ways to a root, and asks for the better chain", async () => {
    const details = await DetailsPage.open(browser());
    const { page } = details;
    await details.show(await realChain());
    await page.getByText("3 timestamps, 3 operators, all signatures right: Chrome's").waitFor();
    await page.getByText("it is shorter than what came").waitFor();
    await page.getByRole("button", { name: SAVE_CHAIN.label }).click();
    assert.deepEqual((await details.sent()).at(-1), { type: "action", id: "saveChain" });
    await details.close();
  });
});

describe("the page of an order", () => {
  const browser = useBrowser();

  it("says where it stands, what waits for whom and what was", async () => {
    const details = await DetailsPage.open(browser());
    const { page } = details;
    await details.show({ order: waitingOrder(NOW), actions: ACTIONS });
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "b.example");
    assert.deepEqual(await page.locator(".step").allInnerTexts(), [
      "Certificate signing request · Completed",
      "Domain control of b.example · Waiting for you\nPut the CNAME record into the zone b.example.",
      "Organization · Waiting for the CA\nThe CA calls the number that it found.",
      "CAA · Rejected\nAllow sectigo.com in the CAA record.",
      "Subscriber agreement · Not needed",
    ]);
    assert.equal(await page.locator(".history li").count(), 5);
    await page.getByRole("button", { name: "Show All (14)" }).click();
    assert.equal(await page.locator(".history li").count(), 14);
    assert.equal(await page.getByRole("searchbox").isVisible(), false);
    await page.getByText("Example Harbour").click();
    await page.getByRole("button", { name: "Check Now" }).click();
    assert.deepEqual((await details.sent()).slice(1), [
      { type: "copy", text: "Example Harbour" },
      { type: "action", id: "checkOrder" },
    ]);
    await details.close();
  });

  it("is open beside its certificates while it needs somebody, and as a person left it", async () => {
    const details = await DetailsPage.open(browser());
    const { page } = details;
    const shown = { details: fixturePage("containers/root-first.pem"), order: waitingOrder(NOW) };
    const done = { ...waitingOrder(NOW), state: { tone: "good", words: "Collected" } } as const;
    const order = page.getByRole("button", { name: "Order 1234567" });
    await details.show(shown);
    assert.equal(await order.getAttribute("aria-expanded"), "true");
    await details.show({ ...shown, order: done });
    assert.equal(await order.getAttribute("aria-expanded"), "false");
    await page.getByText("Collected", { exact: true }).waitFor();
    await order.click();
    await page.getByText("Example Harbour").waitFor();
    await details.load();
    await details.show({ ...shown, order: done });
    assert.equal(await order.getAttribute("aria-expanded"), "true");
    await details.close();
  });

  it("shows what was compared and asked, with a tick only where something agrees", async () => {
    const details = await DetailsPage.open(browser());
    const { page } = details;
    const shown = { details: fixturePage("containers/root-first.pem"), order: waitingOrder(NOW) };
    await details.show({ ...shown, checks: reports(NOW) });
    const checks = page.locator(".checks");
    assert.deepEqual(await checks.getByRole("heading").allInnerTexts(), ["Differs from your order", "Revocation"]);
    assert.deepEqual(await checks.locator("li").evaluateAll((items) => items.map(({ textContent }) => textContent)), [
      "All 2 ordered names are in the certificate.",
      "Error: Ordered, but missing from the certificate: b.example.",
      "Nothing to compare: certificate request, private key.",
      "Warning: ocsp.example: The server did not answer in time.",
    ]);
    assert.deepEqual(
      await checks.locator("li").evaluateAll((items) => items.map((item) => item.querySelectorAll("svg").length)),
      [1, 1, 0, 1],
    );
    await details.show({ ...shown, checks: [] });
    assert.equal(await checks.isVisible(), false);
    await details.close();
  });

  it("says when the clipboard did not take what was copied", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ order: waitingOrder(NOW) });
    await details.send({ type: "copyFailed", message: "The clipboard cannot be reached." });
    assert.equal(await details.page.getByRole("alert").innerText(), "The clipboard cannot be reached.");
    await details.page.getByRole("heading", { level: 1 }).waitFor();
    await details.close();
  });
});
