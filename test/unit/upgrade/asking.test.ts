import assert from "node:assert/strict";
import { SecretStore } from "../../../src/editor/window/secret-store";
import { Book } from "../../../src/orders/journal/book";
import { TestKeyring } from "../editor/test-keyring";
import { HOUR, MINUTE } from "../orders/doubles";
import { World } from "../orders/world";
import { linesOf, useFolder } from "../storage/folder";
import { former, openWritten } from "./written";

/** The CA's wait between two questions about one order. */
const WAIT = 3 * HOUR;

describe("an upgrade from version 0.1.0", () => {
  const folder = useFolder();
  const before = former();

  /** The secrets as version 0.1.0 kept them. */
  function secretsOf(world: World): { secrets: SecretStore; keyring: TestKeyring } {
    const keyring = new TestKeyring();
    for (const [key, secret] of Object.entries(before.keyring)) keyring.stored.set(key, secret);
    const demo = (): Promise<undefined> => Promise.resolve(undefined);
    return { keyring, secrets: new SecretStore(keyring, () => undefined, demo, world.clock) };
  }

  it("finds each password and each collection code, and moves none before another is entered", async () => {
    const storage = await openWritten(folder());
    const book = new Book(storage.journal);
    await book.refresh();
    const { secrets, keyring } = secretsOf(new World());
    const accounts = book.accounts();
    assert.equal(accounts.length, 4);
    for (const account of accounts) {
      const { credential } = book.login(`${account.ca}/${account.loginName}`);
      const password = await secrets.password(account, credential);
      assert.equal(password?.text, `stands for the password of ${account.label}`);
    }
    const code = book.get(before.names.code ?? "");
    assert.ok(code);
    assert.equal(await secrets.collectionCode(code), "stands for a code");
    assert.deepEqual(Object.fromEntries(keyring.stored), before.keyring);
    await storage.close();
  });

  it("asks what 0.1.0 would have asked, no sooner, and no more about what is collected, frozen or paused", async () => {
    const storage = await openWritten(folder());
    const world = new World();
    world.clock.set(before.madeAt);
    world.shared.lines.push(...(await linesOf(storage.journal)));
    await storage.close();
    const window = world.window({ secrets: secretsOf(world).secrets, isOpen: (ca) => ca !== "sandbox" });
    await window.start();
    await world.clock.advance(WAIT + 15 * MINUTE);
    window.dispose();
    assert.deepEqual(window.unexpected, []);

    const nameOf = (id: string): string => Object.entries(before.names).find(([, each]) => each === id)?.[0] ?? id;
    const firsts = new Map<string, number>();
    for (const { id, at } of world.calls) if (!firsts.has(nameOf(id))) firsts.set(nameOf(id), at - before.madeAt);
    const expected = before.rows
      .filter(
        ({ id, due }) => due !== undefined && due < before.madeAt + WAIT + 15 * MINUTE && !id.startsWith("sandbox"),
      )
      .map(({ id }) => nameOf(id));
    assert.deepEqual([...firsts.keys()].sort(), expected.sort());
    const soon = [...firsts].filter(([, at]) => at < WAIT - 5 * MINUTE).map(([name]) => name);
    // Never asked, never reached, and asked for once by the person.
    assert.deepEqual(soon.sort(), ["failed", "look", "never"]);
    for (const { id, asked } of before.book.orders) {
      const [first, row] = [firsts.get(nameOf(id)), before.rows.find((each) => each.id === id)];
      if (first === undefined || row?.due === undefined) continue;
      // A call that never left is tried again sooner than in 0.1.0: it asked the CA nothing.
      if (nameOf(id) !== "failed") assert.ok(before.madeAt + first >= row.due, `${nameOf(id)} was asked too early`);
      if (asked !== undefined && !soon.includes(nameOf(id)))
        assert.ok(before.madeAt + first - asked.at >= WAIT, nameOf(id));
    }
  });
});
