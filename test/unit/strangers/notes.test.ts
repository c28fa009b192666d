import assert from "node:assert/strict";
import { readContainers } from "../../../src/certificates/containers/read";
import { describePage } from "../certificates/details-page";
import { strangersFile } from "./cases";

const NOW = Date.UTC(2026, 10, 27);

describe("What is listed below the summary", () => {
  const pageOf = (name: string) => describePage(readContainers(strangersFile(name)), { now: NOW });

  it("is damage only where something is wrong", () => {
    const { damage } = pageOf("trust.jks");
    assert.deepEqual(
      damage.map(({ harmless, message }) => [harmless, message.includes("was not checked")]),
      [[true, true]],
    );
    const [broken] = describePage(readContainers(Buffer.from("-----BEGIN CERTIFICATE-----\nAAA!\n")), {
      now: NOW,
    }).damage;
    assert.ok(broken && broken.harmless === undefined);
  });

  it("says why no password opens a PKCS #12 file", () => {
    const contentOf = (name: string) => JSON.stringify(pageOf(name).objects[0]?.sections[0]?.rows);
    assert.match(contentOf("javasecret.p12"), /secret key/i);
    assert.doesNotMatch(contentOf("javasecret.p12"), /Enter its password/);
    assert.match(contentOf("nss.p12"), /Enter its password/);
  });

  it("is not said twice, where there is nothing else to say", () => {
    const { summary, damage } = pageOf("id.pub");
    assert.match(JSON.stringify(summary.sentences), /OpenSSH public key/);
    assert.deepEqual(damage, []);
  });
});
