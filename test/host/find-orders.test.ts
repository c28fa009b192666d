import assert from "node:assert/strict";
import type { PublicApi } from "../../src/editor/public/public-types";
import type { FoundOrders } from "../../src/editor/commands/find-orders";
import type { SignInTest } from "../../src/editor/commands/test-sign-in";
import type { WatchedByReport } from "../../src/editor/commands/watch-by-report";
import { SANDBOX_ACCOUNTS } from "../../src/sandbox/server";
import { activated, answering, run, withPassword } from "./extension";
import { recording, type Shown } from "./recorder";

const PERIOD = "At Any Time";

describe("orders that the CA lists, against the sandbox", () => {
  let api: PublicApi;
  const accounts = new Map<string, string>();
  before("start the sandbox", async () => {
    api = await activated();
    await run("startSandbox");
  });
  after("stop the sandbox", async () => {
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    for (const account of accounts.values()) await answering(["Remove"], () => run("removeAccount", { account }));
    await run("stopSandbox");
  });

  /** The account of one of the sandbox's logins, added when it is first needed. */
  async function accountOf(login: string): Promise<string> {
    const known = accounts.get(login);
    if (known !== undefined) return known;
    const password = SANDBOX_ACCOUNTS.find(({ loginName }) => loginName === login)?.loginPassword ?? "not the password";
    const { account } = await answering(["Sandbox", login, ...withPassword(password), login], () =>
      run<{ account: string }>("addAccount"),
    );
    accounts.set(login, account);
    return account;
  }

  /** Finds without ticking any. */
  async function listed(login: string): Promise<{ result: FoundOrders; shown: readonly Shown[] }> {
    const account = await accountOf(login);
    let result: FoundOrders | undefined;
    const search = async () => (result = await run<FoundOrders>("findOrders", { account, period: "all" }));
    const shown = await recording(search, { agrees: true });
    assert.ok(result);
    return { result, shown };
  }

  const said = (shown: readonly Shown[], place: Shown["place"]): string[] =>
    shown.filter((each) => each.place === place).map(({ text }) => text);

  const title = async (id = ""): Promise<string | undefined> =>
    (await api.orders()).find((each) => each.id === id)?.title;

  it("are not asked for before a person agreed to the first sign-in", async () => {
    const account = await accountOf("some");
    const shown = await recording(() => run("findOrders", { account, period: "all" }));
    assert.equal(said(shown, "progress").length, 0);
    assert.match(said(shown, "modal").join("\n"), /for the first time[^]*goes to some @ sandbox/);
  });

  it("are found in pages after one consent, and those that are ticked are tracked by their names", async () => {
    const account = await accountOf("some");
    const found = await answering([PERIOD, "", "Sign In", ["www-0001.some.example", "mail-0003.some.example"]], () =>
      run<FoundOrders>("findOrders", { account }),
    );
    assert.equal(found.found, 250);
    assert.deepEqual(
      [...found.tracked].sort(),
      [1, 3].map((place) => `sandbox~ssl~order~600000000${place}`),
    );
    assert.equal(await title("sandbox~ssl~order~6000000001"), "www-0001.some.example");
  });

  it("are found again without consent, the tracked ones marked, and these are not tracked again", async () => {
    const { result, shown } = await listed("some");
    assert.deepEqual(result, { found: 250, tracked: [] });
    assert.deepEqual(said(shown, "modal"), []);
    const list = said(shown, "list");
    assert.ok(list.some((text) => text.includes("248 orders are not tracked yet, 2 tracked already")));
    assert.equal(list.filter((text) => text.startsWith("already tracked · ")).length, 2);
    const account = await accountOf("some");
    const again = await answering([["www-0001.some.example", "shop-0002.some.example"]], () =>
      run<FoundOrders>("findOrders", { account, period: "all" }),
    );
    assert.deepEqual(again.tracked, ["sandbox~ssl~order~6000000002"]);
  });

  it("are found by a domain with the CA's wildcards", async () => {
    const account = await accountOf("some");
    const [name, tracked] = ["api-0099.some.example", ["sandbox~ssl~order~6000000099"]];
    const answers = [PERIOD, "api-____.some.%", [name]];
    const found = await answering(answers, () => run<FoundOrders>("findOrders", { account }));
    assert.deepEqual(found, { found: 50, tracked });
  });

  it("are none where the CA lists none, which is said", async () => {
    const { result, shown } = await listed("empty");
    assert.deepEqual(result, { found: 0, tracked: [] });
    assert.ok(said(shown, "message").some((text) => text.startsWith("The CA lists no such orders of “empty”")));
  });

  it("are found by thousands, of which twelve are tracked", async () => {
    const account = await accountOf("many");
    const hosts = ["www", "shop", "mail", "api", "portal"];
    const names = Array.from({ length: 12 }, (_, place) => {
      return `${hosts[place % hosts.length]}-${String(place + 1).padStart(4, "0")}.many.example`;
    });
    const found = await answering(["Sign In", names], () => run<FoundOrders>("findOrders", { account, period: "all" }));
    assert.deepEqual([found.found, found.tracked.length], [3_000, 12]);
    // By their names, although most of them were not asked about yet.
    assert.deepEqual(await Promise.all([...found.tracked].sort().map(title)), names);
  });

  it("are read as far as they can be where the CA writes oddly", async () => {
    const { result } = await listed("odd");
    assert.ok(result.found > 0);
  });

  it("tell of a sign-in that the CA accepts", async () => {
    const account = await accountOf("many");
    const tested = await answering([], () => run<SignInTest>("testSignIn", { account }));
    assert.deepEqual(tested, { account, outcome: "accepted" });
  });

  it("tell both readings of a first sign-in that is refused, and are not asked for again", async () => {
    const account = await accountOf("unserved");
    const first = await recording(() => run("testSignIn", { account }), { agrees: true });
    const refused = said(first, "message").join("\n");
    assert.match(refused, /Either the login is wrong, or the account is not enabled for this service/);
    assert.match(refused, /Check With an Order Number…/);
    const second = await recording(() => run("findOrders", { account, period: "all" }), { agrees: true });
    assert.deepEqual(said(second, "modal"), []);
    assert.match(said(second, "message").join("\n"), /^The CA refused the sign-in of “unserved”/m);
  });

  it("are watched by report on request alone, and no longer", async () => {
    const account = await accountOf("some");
    assert.deepEqual(await run<WatchedByReport>("watchByReport", { account }), { account, on: true });
    const again = await recording(() => run("watchByReport", { account }));
    assert.deepEqual(said(again, "message"), ["“some” is watched by report already."]);
    assert.deepEqual(await run<WatchedByReport>("stopWatchingByReport", { account }), { account, on: false });
    const unserved = { account: await accountOf("unserved") };
    const unproved = await recording(() => run("watchByReport", unserved));
    assert.match(said(unproved, "message").join(), /has not signed in yet/);
  });
});
