import assert from "node:assert/strict";
import { chmod, chown, mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { folderOf, placesOfUser, type FolderPlace } from "../../src/storage/private-folder";
import { MAX_WAITING } from "../../src/storage/socket-folder";
import { UserProcess, type Deed, type UserConfiguration } from "./users";

/** Two users whom no system has. */
const ALICE = 61_234;
const MALLORY = 61_235;

/** Only root may become others; CI is root. */
const isRoot = process.geteuid?.() === 0;

describe("the lock and other users of the machine", function () {
  this.timeout(30_000);

  let root: string;
  let home: string;
  let temporary: string;
  const all: UserProcess[] = [];
  const open = async (configuration: UserConfiguration, env?: NodeJS.ProcessEnv): Promise<UserProcess> => {
    const user = await UserProcess.start(configuration, env);
    all.push(user);
    return user;
  };
  beforeEach(async () => {
    // Short, since the path of a socket is limited, and to be walked through by all.
    root = await mkdtemp(path.join(os.tmpdir(), "cc-"));
    await chmod(root, 0o755);
    home = path.join(root, "h");
    temporary = path.join(root, "t");
    await mkdir(home);
    await mkdir(temporary);
    await chmod(temporary, 0o1777);
    if (isRoot) await chown(home, ALICE, ALICE);
  });
  afterEach(async () => {
    await Promise.all(all.splice(0).map((user) => user.end()));
    await rm(root, { recursive: true, force: true });
  });

  it("lies at the same places in any environment", async () => {
    const user = await open(
      {},
      { PATH: process.env.PATH, HOME: "/elsewhere", XDG_STATE_HOME: "/elsewhere", TMPDIR: "/" },
    );
    assert.deepEqual(await user.does("places"), placesOfUser().map(folderOf));
  });

  it("goes past a folder that is another user's, for all processes alike", async () => {
    // A folder of root's is another user's for anybody else, and one of Mallory's for root's tests.
    const taken: FolderPlace = isRoot ? { within: temporary, way: ["mallory"] } : { within: "/", way: ["usr"] };
    if (isRoot) {
      const mallory = await open({ uid: MALLORY });
      assert.equal(await mallory.does("make folder", folderOf(taken)), true);
    }
    const places = [taken, { within: home, way: ["locks"] }];
    const uid = isRoot ? { uid: ALICE } : {};
    const [one, two] = [await open({ ...uid, places }), await open({ ...uid, places })];
    assert.equal(await one.does("take"), true);
    assert.equal(await two.does("take"), false);
    assert.deepEqual(await readdir(home), ["locks"]);
    assert.equal((await stat(path.join(home, "locks"))).mode & 0o777, 0o700);
  });

  if (process.platform !== "linux") return;

  it("keeps a bounded number of handles when 20,000 connections come, which only the same user can make", async () => {
    const places = [{ within: home, way: ["locks"] }];
    const [one, two] = [await open({ places }), await open({ places })];
    assert.equal(await one.does("take"), true);
    const [socket = ""] = (await two.does("sockets of everybody", home)) as string[];
    const before = await handles(one);
    assert.equal(await two.does("connect often", socket, "20000"), 20_000);
    const after = await handles(one);
    assert.ok(after - before <= MAX_WAITING, `${before} became ${after}`);
    assert.equal(await two.does("take"), false);
    assert.equal(await one.does("let go"), true);
    assert.equal(await two.does("take"), true);
  });

  async function handles(user: UserProcess): Promise<number> {
    return (await readdir(`/proc/${user.pid}/fd`)).length;
  }

  if (!isRoot) {
    before(() => console.log("    Only root can be two users: run this as root for the rest."));
    return;
  }

  /** Where the extension's lock would lie, with folders of the test for the home and for /tmp. */
  const placesOfAlice = (): FolderPlace[] =>
    placesOfUser("linux", { uid: ALICE, home }).map((place) =>
      place.within === "/tmp" ? { ...place, within: temporary } : place,
    );

  it("cannot be taken, entered, seen into or kept busy by one who knows everything", async () => {
    const mallory = await open({ uid: MALLORY, places: [{ within: temporary, way: ["own"] }] });
    const before = await mallory.does("take");
    // Whatever could be made in advance is there.
    const squat = path.join(temporary, `certificate-collector-${ALICE}`);
    assert.equal(await mallory.does("make folder", squat), true);

    const alice = await open({ uid: ALICE, places: placesOfAlice() });
    assert.deepEqual([before, await alice.does("take")], [true, true]);

    const found = (await mallory.does("sockets of everybody", home)) as string[];
    assert.equal(found.length, 1, "the path of a socket can be read by everybody");
    const [bound = ""] = found;
    const folder = path.dirname(bound);
    const generation = path.join(folder, path.basename(bound).replace(/\..*/, ""));
    const own = path.join(temporary, "socket");
    assert.equal(await mallory.does("listen", own), true);
    const tries: readonly Deed[] = [
      ["connect", bound],
      ["connect", generation],
      ["listen", path.join(folder, "99")],
      ["list", folder],
      ["list", path.join(home, ".local", "state", "certificate-collector")],
      ["write", path.join(folder, "99")],
      ["link", own, path.join(folder, "99")],
      ["rename", own, path.join(folder, "99")],
      ["rename", path.join(home, ".local"), path.join(home, "x")],
      ["link by name", own, path.join(home, ".local", "state", "x")],
      ["make folder", path.join(home, ".local", "state", "x")],
    ];
    for (const deed of tries) assert.equal(await mallory.does(...deed), "EACCES", deed.join(" "));
    assert.deepEqual(await mallory.does("sockets of everybody", "@certificate"), []);
    assert.equal(await alice.does("is wanted"), false);

    const second = await open({ uid: ALICE, places: placesOfAlice() });
    assert.equal(await second.does("take"), false);
    assert.equal(await alice.does("let go"), true);
    assert.equal(await second.does("take"), true);
  });

  it("says so to one who has no home and finds the last place another user's, and serves when that is gone", async () => {
    await chown(home, 0, 0);
    const squat = path.join(temporary, `certificate-collector-${ALICE}`);
    const mallory = await open({ uid: MALLORY });
    const [one, two] = [
      await open({ uid: ALICE, places: placesOfAlice() }),
      await open({ uid: ALICE, places: placesOfAlice() }),
    ];
    const ways: readonly Deed[] = [
      ["make folder", squat],
      ["write", squat],
      ["link by name", temporary, squat],
      ["link by name", home, squat],
    ];
    for (const deed of ways) {
      assert.equal(await mallory.does(...deed), true);
      assert.deepEqual([await one.does("take"), await two.does("take")], Array(2).fill("no-private-folder"), deed[0]);
      await rm(squat, { recursive: true });
    }
    // Alone there, it meets its own.
    assert.deepEqual([await one.does("take"), await two.does("take")], [true, false]);
    assert.equal(await mallory.does("connect", squat), "EACCES");
  });

  it("is not held by what another left in its folder while that was open to all", async () => {
    const places = placesOfAlice();
    const alice = await open({ uid: ALICE, places });
    assert.equal(await alice.does("take"), true);
    assert.equal(await alice.does("let go"), true);
    const state = path.join(home, ".local", "state", "certificate-collector");
    const [boot = ""] = await readdir(state);
    const key = (await readdir(path.join(state, boot))).find((name) => !name.startsWith("of-")) ?? "";
    const folder = path.join(state, boot, key);
    for (let each = folder; each !== home; each = path.dirname(each)) {
      assert.equal(await alice.does("open to all", each), true);
    }
    const mallory = await open({ uid: MALLORY });
    // The highest number counts, and the one that listens would hold.
    assert.equal(await mallory.does("make folder", path.join(folder, "98")), true);
    assert.equal(await mallory.does("listen", path.join(folder, "99")), true);
    assert.equal(await alice.does("take"), true);
    assert.equal(await mallory.does("connect", path.join(folder, "99")), "EACCES");
    const second = await open({ uid: ALICE, places });
    assert.equal(await second.does("take"), false);
  });
});
