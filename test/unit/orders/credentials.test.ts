import assert from "node:assert/strict";
import type { StoredPassword, SecretSource } from "../../../src/orders/ports";
import { DAY, MINUTE } from "./doubles";
import { ACCOUNT, LOGIN, order, PENDING, refused, World, type Window } from "./world";

const TWIN = { ...ACCOUNT, id: "twin" };

/** One login in two accounts, a keyring that all windows share, and a CA that counts failed sign-ins. */
class Desk {
  readonly world = new World();
  readonly windows: Window[] = [];
  /** The CA's. */
  password = "right";
  failures = 0;
  private kept: StoredPassword | undefined;
  private entered = 0;

  private readonly secrets: SecretSource = {
    password: (_, wanted) =>
      Promise.resolve(wanted === undefined || this.kept?.credential === wanted ? this.kept : undefined),
    collectionCode: () => Promise.resolve(undefined),
  };

  async open(secrets = this.secrets): Promise<Window> {
    const window = this.world.window({ secrets });
    this.windows.push(window);
    await window.start();
    return window;
  }

  /** Two orders of each account. */
  async track(window: Window): Promise<void> {
    const tracked = ["1", "2", "3", "4"].map((number, place) => order(number, "sectigo", place < 2 ? "acc" : "twin"));
    for (const { id } of tracked) {
      this.world.answers.set(id, ({ secrets }) => {
        if (secrets.password === this.password) return PENDING;
        this.failures++;
        return refused(-16, "sign-in");
      });
    }
    const accounts = [ACCOUNT, TWIN].map((account) => ({ type: "account-set", account }) as const);
    await window.record(...accounts, ...tracked);
  }

  /** Puts a password where windows find it. @returns its name */
  keep(text: string, credential = `c${++this.entered}`): string {
    this.kept = { text, credential };
    return credential;
  }

  /** As a person enters it at either account. */
  async enter(window: Window, text: string): Promise<void> {
    const credential = this.keep(text);
    await window.record({ type: "thawed", login: LOGIN, credential, why: "credentials" });
  }

  /** How many orders were asked and answered otherwise than by a refusal. */
  well(window: Window): number {
    return [...window.book.orders()].filter(({ answer }) => answer?.outcome.kind === "pending").length;
  }
}

describe("credentials of one login in two accounts", () => {
  let desk: Desk;
  let one: Window;
  let two: Window;
  beforeEach(async () => {
    desk = new Desk();
    [one, two] = [await desk.open(), await desk.open()];
  });
  afterEach(() => desk.windows.forEach((window) => window.dispose()));

  const days = () => desk.world.clock.advance(3 * DAY);
  const CASES: [what: string, failures: number, act: () => Promise<void>][] = [
    ["right ones", 0, () => desk.enter(one, "right")],
    [
      "wrong ones, and then the right ones",
      1,
      async () => {
        await desk.enter(one, "wrong");
        await days();
        await desk.enter(two, "right");
      },
    ],
    [
      "wrong ones twice",
      2,
      async () => {
        for (const text of ["wrong", "wrong too"]) {
          await desk.enter(one, text);
          await days();
        }
        await desk.enter(one, "right");
      },
    ],
    [
      "ones that the CA changed",
      1,
      async () => {
        await desk.enter(one, "right");
        await days();
        desk.password = "rotated";
        await days();
        await desk.enter(two, "rotated");
      },
    ],
    [
      "ones that were changed while a call with the wrong ones was under way",
      1,
      async () => {
        desk.world.latency = 2 * MINUTE;
        await desk.enter(one, "wrong");
        await desk.world.clock.advance(MINUTE);
        assert.equal(desk.world.inFlight, 1);
        await desk.enter(two, "right");
        await desk.world.clock.advance(2 * MINUTE);
        desk.world.latency = 0;
      },
    ],
    [
      "ones that an earlier version kept without a name, and wrong",
      1,
      async () => {
        desk.keep("wrong", "");
        await days();
        await desk.enter(two, "right");
      },
    ],
    [
      "ones whose refusal an earlier version wrote down",
      0,
      async () => {
        await one.record({ type: "frozen", login: LOGIN, code: -16, message: "no" });
        await desk.enter(two, "right");
      },
    ],
    [
      "ones that were sent before the line that names them was there",
      1,
      async () => {
        const credential = desk.keep("wrong");
        await days();
        await one.record({ type: "thawed", login: LOGIN, credential, why: "credentials" });
        await days();
        await desk.enter(one, "right");
      },
    ],
    [
      "wrong ones that a person tries once more",
      2,
      async () => {
        await desk.enter(one, "wrong");
        await days();
        const { credential = "" } = two.book.login(LOGIN);
        await two.record({ type: "thawed", login: LOGIN, credential, why: "try-once" });
        await days();
        await desk.enter(one, "right");
      },
    ],
  ];
  for (const [what, failures, act] of CASES)
    it(`fail ${failures} times: ${what}; then all orders are asked, in windows opened later too`, async () => {
      await desk.track(one);
      await act();
      await days();
      const later = await desk.open();
      assert.deepEqual([desk.failures, desk.well(one), desk.well(later)], [failures, 4, 4]);
      for (const window of [one, two, later]) assert.equal(window.book.login(LOGIN).frozen, undefined);
    });

  it("that were refused are not sent by a window that has them still, whatever its keyring says", async () => {
    await desk.track(one);
    await desk.enter(one, "wrong");
    await days();
    // It gives what it has for what is wanted.
    const stale = { text: "wrong", credential: "c1" };
    const secrets = { password: () => Promise.resolve(stale), collectionCode: () => Promise.resolve(undefined) };
    const broken = desk.world.window({ secrets });
    for (const window of desk.windows) window.dispose();
    await broken.book.refresh();
    await broken.record({ type: "thawed", login: LOGIN, credential: "c2", why: "credentials" });
    const [{ id = "" } = {}] = [...broken.book.orders()];
    assert.deepEqual(await broken.ask(id, "schedule", new AbortController().signal), {
      kind: "no-secret",
      missing: "password",
    });
    assert.equal(desk.failures, 1);
  });
});
