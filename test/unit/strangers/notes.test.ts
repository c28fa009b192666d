import assert from "node:assert/strict";
import { readContainers } from "../../../src/certificates/containers/read";
import { describe as describePage } from "../../../src/certificates/details";
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

  it("is not said twice, where there is nothing else to say", () => {
    const { summary, damage } = pageOf("id.pub");
    assert.match(JSON.stringify(summary.sentences), /OpenSSH public key/);
    assert.deepEqual(damage, []);
  });
});
