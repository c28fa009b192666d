import assert from "node:assert/strict";
import type { DetailsPage as Details } from "../../src/certificates/details/page";
import type { CertificateProfile } from "../../src/sandbox/profiles";
import { DetailsPage, useBrowser } from "./details-page";
import { detailsOf, Issuer } from "./issued";
import { fixturePage } from "./real-certificates";

const SCRIPT = "<script>alert(1)</script>";
const MARKUP = '"><img src=https://evil.test/x onerror=alert(1)><svg onload=alert(1)>';
const REVERSED = "\u202emoc.elpmaxe\u202c";
const CONTROLS = "a\u0000\u0000\u001b[31m\r\nb";
const LONG = "L".repeat(10_000);

const profile: CertificateProfile = {
  issuer: "dv-ec",
  key: "p-256",
  lifetime: "tls",
  transparency: false,
  purposes: ["1.3.6.1.5.5.7.3.1"],
  policies: ["2.23.140.1.2.1"],
  subject: [
    ["commonName", `g\u043e\u043egle.com${REVERSED}`],
    ["organizationName", SCRIPT],
    ["localityName", LONG],
    ["streetAddress", MARKUP],
    ["stateOrProvinceName", CONTROLS],
  ],
  dnsNames: ["xn--80ak6aa92e.com", `example.com${MARKUP}`],
};

describe("hostile certificates", () => {
  const browser = useBrowser();
  let hostile: Details;

  before("issue one", async () => {
    hostile = await new Issuer().details(profile);
  });

  /** The value of a row of the subject. */
  const value = (details: DetailsPage, label: string) =>
    details.page
      .locator(".object .section", { has: details.page.getByRole("heading", { name: /^Subject$/ }) })
      .locator(".row", { has: details.page.locator("dt", { hasText: label }) })
      .locator("dd");

  it("are text and nothing else", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ details: hostile });
    assert.equal(await value(details, "Organization Name").innerText(), SCRIPT);
    assert.equal(await value(details, "Street Address").innerText(), MARKUP);
    const made = await details.page.evaluate(() => ({
      scripts: document.querySelectorAll("script").length,
      pictures: document.querySelectorAll("img, iframe, object, embed, link:not([rel=stylesheet]), a").length,
      handlers: [...document.querySelectorAll("*")].filter((one) =>
        [...one.attributes].some(({ name }) => name.startsWith("on")),
      ).length,
    }));
    assert.deepEqual(made, { scripts: 1, pictures: 0, handlers: 0 });
    assert.deepEqual(details.complaints, []);
    assert.deepEqual(details.strayRequests, []);
    await details.close();
  });

  it("show the names of characters that are not seen, in every place, and bring none to the page", async () => {
    const details = await DetailsPage.open(browser());
    for (const model of [hostile, fixturePage("names.pem")]) {
      await details.show({ source: model.objects[0]?.id ?? "", details: model });
      const unseen = await details.page.evaluate(() => {
        const texts = [...document.querySelectorAll("*")].flatMap((one) => [
          ...[...one.attributes].map(({ value }) => value),
          ...[...one.childNodes]
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.textContent ?? ""),
        ]);
        return texts.filter((text) => /(?!\n)[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u.test(text));
      });
      // The double of the editor keeps what was sent in an attribute of the document.
      assert.deepEqual(
        unseen.filter((text) => !text.startsWith('[{"type"')),
        [],
      );
    }
    await details.show({ details: hostile });
    assert.match(
      await value(details, "State Or Province").innerText(),
      /^a U\+0000 NULL ×2, U\+001B ESCAPE \[31m U\+000D CARRIAGE RETURN, U\+000A LINE FEED b$/,
    );
    for (const place of [
      details.page.locator("h1"),
      details.page.locator("h2 .of"),
      details.page.getByRole("treeitem").last(),
    ]) {
      assert.match(
        await place.innerText(),
        /g\u043e\u043e U\+043E, looks like o ×2 gle\.com U\+202E RIGHT-TO-LEFT OVERRIDE moc/,
      );
    }
    await details.close();
  });

  it("copy as they stand, with a word of warning", async () => {
    const details = await DetailsPage.open(browser());
    await details.show({ details: hostile });
    await value(details, "Common Name").locator(".shown").first().click();
    assert.deepEqual((await details.sent()).at(-1), { type: "copy", text: `g\u043e\u043egle.com${REVERSED}` });
    assert.match(
      await details.page.getByRole("status").last().innerText(),
      /^Copied with characters that are not what they seem: /,
    );
    await value(details, "Organization Name").locator(".shown").first().click();
    assert.match(await details.page.getByRole("status").last().innerText(), /^Copied: Organization Name /);
    await details.close();
  });

  it("show the beginning of what is long, and all of it when asked, without widening the page", async () => {
    const details = await DetailsPage.open(browser());
    await details.page.setViewportSize({ width: 320, height: 800 });
    await details.show({ details: hostile });
    const long = value(details, "Locality Name");
    assert.match(await long.innerText(), /^L{500} … 500 of 10000 characters Show All \(10000\)$/);
    await long.getByRole("button", { name: "Show All (10000)" }).click();
    assert.match(await long.innerText(), /^L{10000}\s*Show Less$/);
    assert.ok(await details.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await long.locator(".shown").first().click();
    assert.deepEqual((await details.sent()).at(-1), { type: "copy", text: LONG });
    await details.close();
  });

  it("may call their files and blocks what they like", async () => {
    const details = await DetailsPage.open(browser());
    const text = `-----BEGIN ${SCRIPT}\u202e-----\nAAAA\n-----END ${SCRIPT}\u202e-----\n`;
    const page = detailsOf(Buffer.from(text));
    const [first] = page.objects;
    const place = `ZIP entry ${MARKUP}${REVERSED}`;
    await details.show({
      details: {
        ...page,
        objects: [{ id: "0", kind: "Unreadable", heading: [], findings: [], sections: [], ...first, place }],
        damage: [{ offset: 0, place, message: `${SCRIPT}${CONTROLS}` }],
      },
    });
    assert.match(
      await details.page.locator(".place").innerText(),
      /onerror=alert\(1\).*U\+202E RIGHT-TO-LEFT OVERRIDE/,
    );
    assert.deepEqual(details.complaints, []);
    assert.deepEqual(details.strayRequests, []);
    await details.close();
  });
});
