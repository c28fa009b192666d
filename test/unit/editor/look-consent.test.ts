import assert from "node:assert/strict";
import { hasAgreed, lookServers, noteAgreed } from "../../../src/editor/window/look-consent";

class Everywhere {
  stored: unknown;
  readonly get = (): unknown => this.stored;
  readonly update = (_: string, value: unknown): Promise<void> => {
    this.stored = JSON.parse(JSON.stringify(value));
    return Promise.resolve();
  };
}

const settings = (servers: readonly string[]) =>
  ({ get: () => servers }) as unknown as Parameters<typeof lookServers>[0];

describe("the consent to looks", () => {
  const garbage: readonly unknown[] = [
    ...[undefined, null, true, 1, "yes", [], {}, { servers: null }, { servers: "192.0.2.1" }, { servers: [1] }],
    ...[{ servers: Array.from({ length: 9 }, () => "a") }, { servers: ["x".repeat(200)] }, { servers: ["192.0.2.2"] }],
  ];
  for (const stored of garbage) {
    it(`is not given by ${JSON.stringify(stored)?.slice(0, 60) ?? "nothing"}`, () => {
      const everywhere = Object.assign(new Everywhere(), { stored });
      assert.equal(hasAgreed(everywhere, ["192.0.2.1"]), false);
      assert.equal(hasAgreed(everywhere, []), false);
    });
  }

  const settingsOfPeople: readonly (readonly string[])[] = [
    [],
    ["192.0.2.1"],
    ["dns.example"],
    Array.from({ length: 500 }, (_, index) => `192.0.2.${index}`),
    ["x".repeat(1_000_000)],
    ["", "\u202e", "[command:evil](x)"],
  ];
  for (const servers of settingsOfPeople) {
    it(`is for these servers alone: ${JSON.stringify(servers).slice(0, 60)}`, async () => {
      const everywhere = new Everywhere();
      const used = lookServers(settings(servers));
      assert.equal(hasAgreed(everywhere, used), false);
      await noteAgreed(everywhere, used);
      assert.equal(hasAgreed(everywhere, used), true);
      assert.equal(hasAgreed(everywhere, [...used, "192.0.2.99"].slice(-8)), false);
      assert.ok(JSON.stringify(everywhere.stored).length < 1_000);
    });
  }
});
