import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { link, mkdir, readFile, realpath, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import path from "node:path";
import { isSamePlace, lookAtFile, readPlace, refuseWindowsPaths } from "../../../src/storage/file-place";
import { needs } from "../system";
import { useFolder } from "./folder";

/** A time that no rounding changes, s. */
const WHOLE_SECOND = 1_700_000_000;

describe("the place of a file", function () {
  const folder = useFolder();
  const at = (...names: string[]): string => path.join(folder(), ...names);

  beforeEach(async function () {
    needs(this, "links");
    for (const name of ["in", "out", "in/deep"]) await mkdir(at(name), { recursive: true });
    await writeFile(at("out", "there.pem"), "there");
    await writeFile(at("in", "plain.pem"), "plain");
    await symlink("../out/there.pem", at("in", "relative.pem"));
    await symlink(at("out", "there.pem"), at("in", "absolute.pem"));
    await symlink("relative.pem", at("in", "twice.pem"));
    await symlink("../out/none.pem", at("in", "dangling.pem"));
    await symlink("../out", at("in", "folder"));
    await symlink("../../out/../out", at("in", "deep", "crooked"));
    await symlink("circle.pem", at("in", "circle.pem"));
    await symlink("../out/nowhere", at("in", "gone"));
  });

  /** A name, the file that it leads to, and the links on the way, all below the folder of the test. */
  const table: readonly (readonly [name: string, target: string, ...links: string[]])[] = [
    ["in/plain.pem", "in/plain.pem"],
    ["in/new.pem", "in/new.pem"],
    ["in/none/yet/new.pem", "in/none/yet/new.pem"],
    ["in/relative.pem", "out/there.pem", "in/relative.pem"],
    ["in/absolute.pem", "out/there.pem", "in/absolute.pem"],
    ["in/twice.pem", "out/there.pem", "in/twice.pem", "in/relative.pem"],
    ["in/dangling.pem", "out/none.pem", "in/dangling.pem"],
    ["in/folder/there.pem", "out/there.pem", "in/folder"],
    ["in/folder/new/new.pem", "out/new/new.pem", "in/folder"],
    ["in/deep/crooked/there.pem", "out/there.pem", "in/deep/crooked"],
    ["in/gone/new.pem", "out/nowhere/new.pem", "in/gone"],
  ];
  for (const [name, target, ...links] of table) {
    it(`${name} is ${target}`, async () => {
      const place = await lookAtFile(at(name));
      const root = await realpath(folder());
      assert.equal(place.target, path.join(root, target));
      assert.deepEqual(
        place.links.map((each) => each.path),
        links.map((each) => path.join(each === links[0] ? folder() : root, each)),
      );
      assert.equal(
        place.file !== undefined,
        await readFile(place.target).then(
          () => true,
          () => false,
        ),
      );
    });
  }

  it("tells of links below a folder alone, and of all that these lead through", async () => {
    const told = async (name: string, below: string) =>
      (await lookAtFile(at(name), at(below))).links.map((each) => path.relative(folder(), each.path));
    assert.deepEqual(await told("in/folder/there.pem", "in/folder"), []);
    assert.deepEqual(await told("in/folder/there.pem", "in"), ["in/folder"]);
    await symlink("there.pem", at("out", "again.pem"));
    assert.deepEqual((await lookAtFile(at("in/folder/again.pem"), at("in/folder"))).links.length, 1);
    assert.deepEqual(await told("in/twice.pem", "in"), ["in/twice.pem", "in/relative.pem"]);
    // A folder that has nothing to do with it hides nothing.
    assert.deepEqual(await told("in/folder/there.pem", "out"), ["in/folder"]);
  });

  it("is refused, unopened, where it is not a regular file", async function () {
    needs(this, "pipes");
    execFileSync("mkfifo", [at("pipe.pem")]);
    await symlink("pipe.pem", at("to-pipe.pem"));
    const server = createServer().listen(at("socket.pem"));
    await once(server, "listening");
    const names = [at("pipe.pem"), at("to-pipe.pem"), at("socket.pem"), at("in"), at("in", "folder"), "/dev/null"];
    const more = ["/dev/stdout", "/dev/fd/1", "/dev/zero", "/proc/self/environ", "/proc/self/fd/1", "/sys/x"];
    try {
      for (const name of [...names, ...(process.platform === "linux" ? more : [])]) {
        await assert.rejects(lookAtFile(name), { name: "StorageError", code: "not-a-file" }, name);
      }
    } finally {
      server.close();
    }
    await assert.rejects(lookAtFile(at("in", "circle.pem")), { code: "not-a-file" });
    await assert.rejects(lookAtFile(at("in", "plain.pem", "below.pem")), { code: "folder-missing" });
    await assert.rejects(lookAtFile(at("x".repeat(300))), { code: "not-a-file" });
  });

  it("is read as it was looked at, and no further than it may", async () => {
    const place = await lookAtFile(at("in", "relative.pem"));
    assert.equal(Buffer.from((await readPlace(place, 5)) ?? []).toString(), "there");
    assert.equal(await readPlace(place, 4), undefined);
    assert.equal(await readPlace(await lookAtFile(at("in", "new.pem")), 5), undefined);
    await rm(place.target);
    assert.equal(await readPlace(place, 5), undefined);
    execFileSync("mkfifo", [place.target]);
    assert.equal(await readPlace(place, 5), undefined);
    await rm(place.target);
    await symlink("../in/plain.pem", place.target);
    assert.equal(await readPlace(place, 5), undefined);
  });

  it("is not read through a link that came since, be it to the very file", async () => {
    const place = await lookAtFile(at("in", "plain.pem"));
    await rename(place.target, at("out", "moved.pem"));
    await symlink("../out/moved.pem", place.target);
    assert.equal(await readPlace(place, 5), undefined);
  });

  it("is known again, and differs by what is there, by its bytes and by the way there", async () => {
    const name = at("in", "folder", "there.pem");
    await utimes(name, WHOLE_SECOND, WHOLE_SECOND);
    const before = await lookAtFile(name);
    const isSame = async (): Promise<boolean> => isSamePlace(before, await lookAtFile(name));
    assert.ok(await isSame());
    // The same file by another way, which nobody was told of.
    await symlink("out", at("again"));
    await rm(at("in", "folder"));
    await symlink("../again", at("in", "folder"));
    assert.equal(await isSame(), false);
    await rm(at("in", "folder"));
    await symlink("../out", at("in", "folder"));
    assert.ok(await isSame());
    const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
      [
        "more bytes, dated back",
        async () => {
          await writeFile(before.target, "there and more");
          await utimes(before.target, WHOLE_SECOND, WHOLE_SECOND);
        },
      ],
      ["other bytes", () => writeFile(before.target, "other")],
      ["another file", () => rename(at("in", "plain.pem"), before.target)],
      ["nothing", () => rm(before.target)],
      ["a link", () => symlink("../in/plain.pem", before.target)],

      [
        "a link of the folder that leads elsewhere",
        async () => {
          await mkdir(at("elsewhere"));
          await link(before.target, at("elsewhere", "there.pem"));
          await rm(at("in", "folder"));
          await symlink("../elsewhere", at("in", "folder"));
        },
      ],
    ];
    for (const [what, change] of changes) {
      await rm(at("in", "plain.pem"), { force: true });
      await writeFile(at("in", "plain.pem"), "there");
      await change();
      assert.equal(await isSame(), false, what);
    }
  });
});

describe("a path of Windows", () => {
  const cases: readonly (readonly [file: string, refused: RegExp | undefined])[] = [
    ["C:\\repo\\a.pem", undefined],
    ["\\\\server\\share\\repo\\a.pem", undefined],
    ["\\\\?\\C:\\repo\\a.pem", undefined],
    ["C:/repo/a.pem", undefined],
    ["C:\\repo\\com1.pem", /^Could not write com1\.pem: Windows takes it as another name\.$/],
    ["C:\\nul\\a.pem", /a\.pem: Windows takes it as another name/],
    ["C:\\repo.\\a.pem", /another name/],
    ["\\\\server\\share\\a.pem:stream", /another name/],
    [`C:\\${"folder\\".repeat(100)}a.pem`, undefined],
    [`C:\\${"folder\\".repeat(5_000)}a.pem`, /a\.pem: its path is too long for Windows\.$/],
  ];
  for (const [file, refused] of cases) {
    it(`${file.slice(0, 40)}: ${refused === undefined ? "leads there" : "is refused"}`, () => {
      const look = () => refuseWindowsPaths(file, "win32");
      if (refused === undefined) look();
      else assert.throws(look, (error: Error) => refused.test(error.message));
    });
    it(`${file.slice(0, 40)}: is a name like others on Linux`, () => refuseWindowsPaths(file, "linux"));
  }
});
