import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { chmod, chown, link, mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { keptMode, makeFolderOf, makeSecret, writeFileAtomic } from "../../../src/storage/atomic-file";
import { lookAtFile } from "../../../src/storage/file-place";
import { Blobs } from "../../../src/storage/blobs";
import { needs, type SystemPart } from "../system";
import { useFolder } from "./folder";

/** What of the system a change needs that is called so. */
const partsOf = (what: string): SystemPart[] => [
  ...(what.includes("link") ? (["links"] as const) : []),
  ...(what.includes("pipe") ? (["pipes"] as const) : []),
];

describe("atomic file", () => {
  const folder = useFolder();
  const file = () => path.join(folder(), "fullchain.pem");
  const bytes = Buffer.from("new");

  it("writes a new file, and never over one that is there", async () => {
    await writeFileAtomic(file(), bytes, { overwrite: false });
    await assert.rejects(writeFileAtomic(file(), Buffer.from("x"), { overwrite: false }), { code: "file-exists" });
    assert.equal(await readFile(file(), "utf8"), "new");
    assert.deepEqual(await readdir(folder()), ["fullchain.pem"]);
  });

  it("writes, replaces and finds a file whose path has more than 260 characters", async () => {
    const place = await lookAtFile(path.join(folder(), ...Array.from({ length: 5 }, () => "x".repeat(100)), "a.pem"));
    await makeFolderOf(place);
    await writeFileAtomic(place.path, Buffer.from("old"), { overwrite: false, place });
    const again = await lookAtFile(place.path);
    assert.ok(again.file);
    await writeFileAtomic(place.path, bytes, { overwrite: true, place: again });
    assert.equal(await readFile(place.path, "utf8"), "new");
    assert.deepEqual(await readdir(path.dirname(place.path)), ["a.pem"]);
  });

  it("lets one of two writers at once have a new name", async () => {
    const results = await Promise.allSettled(
      ["a", "b"].map((text) => writeFileAtomic(file(), Buffer.from(text), { overwrite: false })),
    );
    const winner = results.findIndex((result) => result.status === "fulfilled");
    assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
    assert.equal(await readFile(file(), "utf8"), ["a", "b"][winner]);
  });

  it("replaces a file when it may, with its permissions, through a link", async function () {
    needs(this, "modes", "links");
    const target = path.join(folder(), "live.pem");
    await writeFile(target, "old");
    await chmod(target, 0o640);
    await symlink("live.pem", file());
    await writeFileAtomic(file(), bytes, { overwrite: true });
    assert.equal(await readFile(target, "utf8"), "new");
    assert.equal((await stat(target)).mode & 0o777, 0o640);
    assert.equal(await readlink(file()), "live.pem");
  });

  const modes: readonly (readonly [what: string, umask: number, mode: number | undefined, expected: number])[] = [
    ["a private key", 0o022, 0o600, 0o600],
    ["a private key, whatever the umask", 0o000, 0o600, 0o600],
    ["anything else", 0o022, undefined, 0o644],
    ["anything else, for the group too", 0o002, undefined, 0o664],
    ["anything else, for nobody else", 0o077, undefined, 0o600],
    ["anything else, as the umask leaves it", 0o027, undefined, 0o640],
  ];
  for (const [what, umask, mode, expected] of modes) {
    it(`gives ${what} the right permissions`, async function () {
      needs(this, "modes");
      const before = process.umask(umask);
      try {
        await writeFileAtomic(file(), bytes, { overwrite: false, ...(mode !== undefined && { mode }) });
        assert.equal((await stat(file())).mode & 0o777, expected);
        // A file that is there keeps its own, whatever the umask; one with a private key is narrowed.
        await chmod(file(), 0o604);
        await writeFileAtomic(file(), bytes, { overwrite: true, ...(mode !== undefined && { mode }) });
        assert.equal((await stat(file())).mode & 0o777, mode ?? 0o604);
      } finally {
        process.umask(before);
      }
    });
  }

  it("takes rights from a group that it cannot keep, and gives none", () => {
    const table: readonly (readonly [before: number, kept: number])[] = [
      [0o640, 0o600],
      [0o664, 0o644],
      [0o644, 0o644],
      [0o600, 0o600],
      [0o777, 0o777],
      [0o670, 0o600],
      [0o604, 0o604],
    ];
    for (const [before, kept] of table) {
      assert.equal(keptMode(before, false), kept, before.toString(8));
      assert.equal(keptMode(before, true), before);
    }
  });

  it("keeps owner and group where it may", async function () {
    if (process.getuid?.() !== 0) this.skip();
    await writeFile(file(), "old");
    await chown(file(), 65_534, 65_533);
    await chmod(file(), 0o640);
    await writeFileAtomic(file(), bytes, { overwrite: true });
    const { uid, gid, mode } = await stat(file());
    assert.deepEqual([uid, gid, mode & 0o777], [65_534, 65_533, 0o640]);
  });

  it("leaves other names of a file what they were", async () => {
    await writeFile(file(), "old");
    await link(file(), path.join(folder(), "other.pem"));
    await writeFileAtomic(file(), bytes, { overwrite: true });
    assert.equal(await readFile(path.join(folder(), "other.pem"), "utf8"), "old");
    assert.equal(await readFile(file(), "utf8"), "new");
  });

  it("does not make a file through a link that nobody was asked about", async function () {
    needs(this, "links");
    await symlink("elsewhere.pem", file());
    await assert.rejects(writeFileAtomic(file(), bytes, { overwrite: false }), { code: "file-exists" });
    assert.deepEqual(await readdir(folder()), ["fullchain.pem"]);
    const place = await lookAtFile(file());
    await writeFileAtomic(file(), bytes, { overwrite: false, place });
    assert.equal(await readFile(path.join(folder(), "elsewhere.pem"), "utf8"), "new");
    assert.equal(await readlink(file()), "elsewhere.pem");
  });

  describe("that was looked at before", () => {
    const outside = () => path.join(folder(), "outside");
    const inside = () => path.join(folder(), "inside");
    const name = () => path.join(inside(), "server.pem");
    beforeEach(async () => {
      for (const each of [outside(), inside()]) await mkdir(each);
      await writeFile(path.join(outside(), "server.pem"), "mine");
    });

    /** What somebody does while the person reads the question. @param isThere whether the file was there before */
    const meanwhile: readonly (readonly [what: string, isThere: boolean, change: () => Promise<unknown>])[] = [
      ["another file came", false, () => writeFile(name(), "theirs")],
      ["a link came", false, () => symlink("../outside/server.pem", name())],
      ["a link to nothing came", false, () => symlink("../outside/none.pem", name())],
      ["the file became a link", true, () => rm(name()).then(() => symlink("../outside/server.pem", name()))],
      ["the file became another", true, () => rm(name()).then(() => writeFile(name(), "theirs"))],
      ["the file got other bytes", true, () => writeFile(name(), "theirs")],
      ["the file went", true, () => rm(name())],
      ["the file became a pipe", true, () => rm(name()).then(() => execFileSync("mkfifo", [name()]))],
      [
        "its folder became a link",
        false,
        () => rm(inside(), { recursive: true }).then(() => symlink("outside", inside())),
      ],
      [
        "its folder became a link to one with the same file",
        true,
        async () => {
          await rm(path.join(outside(), "server.pem"));
          await link(name(), path.join(outside(), "server.pem"));
          await rm(inside(), { recursive: true });
          await symlink("outside", inside());
        },
      ],
    ];
    for (const [what, isThere, change] of meanwhile) {
      it(`is not written when ${what}`, async function () {
        needs(this, ...partsOf(what));
        if (isThere) await writeFile(name(), "old");
        const place = await lookAtFile(name());
        await change();
        const before = await readdir(outside());
        const kept = await readFile(path.join(outside(), "server.pem"), "utf8");
        for (const write of [
          () => writeFileAtomic(name(), bytes, { overwrite: isThere, place }),
          () => makeFolderOf(place),
          () => makeSecret(place),
        ]) {
          await assert.rejects(write(), ({ code }: { code: string }) => /^(changed-meanwhile|not-a-file)$/.test(code));
        }
        assert.deepEqual(await readdir(outside()), before);
        assert.equal(await readFile(path.join(outside(), "server.pem"), "utf8"), kept);
        assert.ok(!(await readdir(inside())).some((each) => each.endsWith(".tmp")));
      });
    }

    it("has its folder made, and its permissions narrowed", async function () {
      needs(this, "modes");
      const place = await lookAtFile(path.join(inside(), "new", "key.pem"));
      await makeFolderOf(place);
      await writeFileAtomic(place.path, bytes, { overwrite: false, place });
      const made = await lookAtFile(place.path);
      await makeSecret(made);
      assert.equal((await stat(place.path)).mode & 0o777, 0o600);
    });
  });

  describe("while its bytes are written", () => {
    /** Bytes whose length is asked for once the file that takes them is open. */
    function trapped(act: () => void): Uint8Array {
      let isSet = true;
      return Object.defineProperty(Buffer.from("new"), "length", {
        get: () => {
          if (isSet) act();
          isSet = false;
          return 3;
        },
      });
    }
    const mine = () => path.join(folder(), "mine.pem");

    const changes: readonly (readonly [what: string, isThere: boolean, change: () => void])[] = [
      ["another file came", false, () => writeFileSync(file(), "theirs")],
      ["a link came", false, () => symlinkSync("mine.pem", file())],
      ["the file got other bytes", true, () => writeFileSync(file(), "theirs")],
      ["the file went", true, () => rmSync(file())],
      [
        "the file became a link",
        true,
        () => {
          rmSync(file());
          symlinkSync("mine.pem", file());
        },
      ],
    ];
    for (const [what, isThere, change] of changes)
      it(`is not replaced when ${what}`, async function () {
        needs(this, ...partsOf(what));
        await writeFile(mine(), "mine");
        if (isThere) await writeFile(file(), "old");
        const place = await lookAtFile(file());
        const written = writeFileAtomic(file(), trapped(change), { overwrite: isThere, place });
        await assert.rejects(written, { code: "changed-meanwhile" });
        assert.equal(await readFile(mine(), "utf8"), "mine");
        assert.ok(!(await readdir(folder())).some((name) => name.endsWith(".tmp")));
      });

    const readers: readonly (readonly [
      what: string,
      there: number | undefined,
      mode: number | undefined,
      seen: number,
    ])[] = [
      ["a new file, by whom the umask lets", undefined, undefined, 0o644],
      ["a new private key, by its owner alone", undefined, 0o600, 0o600],
      [
        "what takes another file's place, by its owner alone until it has that one's permissions",
        0o604,
        undefined,
        0o600,
      ],
    ];
    for (const [what, there, mode, seen] of readers)
      it(`is read: ${what}`, async function () {
        needs(this, "modes");
        if (there !== undefined) await writeFile(file(), "old");
        if (there !== undefined) await chmod(file(), there);
        let found: number | undefined;
        const look = () => {
          const [name = ""] = readdirSync(folder()).filter((each) => each.endsWith(".tmp"));
          found = statSync(path.join(folder(), name)).mode & 0o777;
        };
        const before = process.umask(0o022);
        try {
          await writeFileAtomic(file(), trapped(look), { overwrite: true, ...(mode !== undefined && { mode }) });
        } finally {
          process.umask(before);
        }
        assert.equal(found, seen);
        assert.equal((await stat(file())).mode & 0o777, mode ?? there ?? 0o644);
      });
  });

  it("leaves nothing behind when it fails", async () => {
    await mkdir(file());
    await assert.rejects(writeFileAtomic(file(), bytes, { overwrite: true }), { code: "not-a-file" });
    await assert.rejects(writeFileAtomic(path.join(folder(), "none", "a.pem"), bytes, { overwrite: false }), {
      code: "folder-missing",
    });
    assert.deepEqual(await readdir(folder()), ["fullchain.pem"]);
  });
});

describe("blobs", () => {
  const folder = useFolder();
  const der = Buffer.from("not really DER");
  const name = createHash("sha256").update(der).digest("hex");

  it("keeps bytes by their hash, once", async () => {
    const blobs = new Blobs(path.join(folder(), "certificates"));
    assert.equal(await blobs.put(der), name);
    assert.equal(await blobs.put(der), name);
    assert.deepEqual(Buffer.from(await blobs.get(name)), der);
    assert.deepEqual(await readdir(path.join(folder(), "certificates")), [`${name}.der`]);
  });

  it("tells missing from damaged, and mends what is collected again", async () => {
    const blobs = new Blobs(folder());
    await assert.rejects(blobs.get(name), { code: "blob-missing" });
    await assert.rejects(blobs.get("../../etc/passwd"), { code: "blob-missing" });
    await blobs.put(der);
    await writeFile(path.join(folder(), `${name}.der`), "not really der");
    await assert.rejects(blobs.get(name), { code: "blob-damaged" });
    await blobs.put(der);
    assert.deepEqual(Buffer.from(await blobs.get(name)), der);
  });
});
