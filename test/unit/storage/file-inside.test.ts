import assert from "node:assert/strict";
import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { candidatesIn, findInside } from "../../../src/storage/file-inside";
import { readPlace } from "../../../src/storage/file-place";
import { needs } from "../system";

describe("a file of the workspace", () => {
  let base = "";
  let folders: { readonly name: string; readonly path: string }[] = [];
  before("make two folders, one of them behind a link, and what is outside", async function () {
    needs(this, "links", "case");
    base = await realpath(await mkdtemp(path.join(tmpdir(), "inside-")));
    const at = (...names: string[]) => path.join(base, ...names);
    for (const folder of ["shop/tls", "shop/..dots", "real-mail", "shop-secret", "outside"]) {
      await mkdir(at(folder), { recursive: true });
    }
    for (const file of [
      ...["shop/tls/a.pem", "shop/same.pem", "shop/..dots/c.pem", "real-mail/b.pem", "real-mail/same.pem"],
      ...["outside/x.pem", "shop-secret/x.pem"],
    ]) {
      await writeFile(at(file), file);
    }
    await symlink(at("real-mail"), at("mail"));
    await symlink("tls/a.pem", at("shop/here.pem"));
    await symlink(at("real-mail/b.pem"), at("shop/other-folder.pem"));
    await symlink(at("outside/x.pem"), at("shop/away.pem"));
    await symlink(at("outside"), at("shop/away"));
    await symlink(at("shop/tls/a.pem"), at("outside/back.pem"));
    await symlink("loop.pem", at("shop/loop.pem"));
    await symlink("/proc/self/environ", at("shop/kernel.pem"));
    await symlink("nowhere.pem", at("shop/dangling.pem"));
    await link(at("shop/tls/a.pem"), at("shop/hard.pem"));
    folders = [
      { name: "shop", path: at("shop") },
      { name: "mail", path: at("mail") },
    ];
  });
  after(async () => void (base !== "" && (await rm(base, { recursive: true }))));

  const FOUND: readonly (readonly [asked: string, called: string, real: string])[] = [
    ["tls/a.pem", "shop/tls/a.pem", "shop/tls/a.pem"],
    ["./tls/../tls/a.pem", "shop/tls/a.pem", "shop/tls/a.pem"],
    ["shop/tls/a.pem", "shop/tls/a.pem", "shop/tls/a.pem"],
    ["b.pem", "mail/b.pem", "real-mail/b.pem"],
    ["mail/b.pem", "mail/b.pem", "real-mail/b.pem"],
    ["same.pem", "shop/same.pem", "shop/same.pem"],
    ["mail/same.pem", "mail/same.pem", "real-mail/same.pem"],
    ["..dots/c.pem", "shop/..dots/c.pem", "shop/..dots/c.pem"],
    ["here.pem", "shop/tls/a.pem", "shop/tls/a.pem"],
    ["other-folder.pem", "mail/b.pem", "real-mail/b.pem"],
    ["hard.pem", "shop/hard.pem", "shop/tls/a.pem"],
  ];
  for (const [asked, called, real] of FOUND) {
    it(`is found, where it really is: ${asked}`, async () => {
      const found = await findInside(asked, folders);
      assert.equal(found?.path, called);
      assert.equal(Buffer.from((await readPlace(found.place, 100)) ?? []).toString(), real);
    });
  }

  it("is found by its whole path, and called as in the folder where there is only one", async () => {
    const [shop] = folders;
    assert.ok(shop);
    assert.equal((await findInside(path.join(shop.path, "tls", "a.pem"), [shop]))?.path, "tls/a.pem");
  });

  const REFUSED: readonly (readonly [what: string, asked: string])[] = [
    ["a missing one", "none.pem"],
    ["above the folder", "../outside/x.pem"],
    ["above, after a detour", "tls/../../outside/x.pem"],
    ["above the folder that is named", "shop/../outside/x.pem"],
    ["beside the folder, with the same beginning", "../shop-secret/x.pem"],
    ["a link that leads out", "away.pem"],
    ["below a link that leads out", "away/x.pem"],
    ["below a link that leads out, and back by name", "away/../away/x.pem"],
    ["a link outside that leads in: what is outside is not looked at", "../outside/back.pem"],
    ["a link in a circle", "loop.pem"],
    ["a link into the kernel", "kernel.pem"],
    ["a link to nothing", "dangling.pem"],
    ["a folder", "tls"],
    ["the folder itself", "."],
    ["nothing", ""],
    ["another place of the computer", "/etc/passwd"],
    ["a URI", "file:///etc/passwd"],
    ["a URI of the folder", "file:./tls/a.pem"],
    ["a name of the network", "\\\\server\\share\\x.pem"],
    ["the same, as others write it", "//server/share/x.pem"],
    ["a drive", "C:\\x.pem"],
    ["a device", "\\\\.\\pipe\\x"],
    ["a zero byte", "tls/a.pem\0.txt"],
    ["other letters of case", "TLS/A.PEM"],
    ["percent signs", "%2e%2e/outside/x.pem"],
    ["a home", "~/x.pem"],
  ];
  for (const [what, asked] of REFUSED) {
    it(`is not: ${what}`, async () => {
      assert.equal(await findInside(asked, folders), undefined);
    });
  }

  it("is not, outside, even by its whole path", async () => {
    for (const file of ["outside/x.pem", "shop-secret/x.pem"]) {
      assert.equal(await findInside(path.join(base, file), folders), undefined);
    }
    assert.equal(await findInside("tls/a.pem", []), undefined);
  });

  it("is not read where another one took its place", async () => {
    const found = await findInside("same.pem", folders);
    assert.ok(found);
    await rm(path.join(base, "shop/same.pem"));
    await symlink(path.join(base, "outside/x.pem"), path.join(base, "shop/same.pem"));
    assert.equal(await readPlace(found.place, 100), undefined);
  });
});

describe("the places in a folder that a name may mean", () => {
  const shop = { name: "shop", path: "C:\\work\\shop" };
  const share = { name: "shop", path: "\\\\server\\share\\shop" };
  const onLinux = { name: "shop", path: "/srv/shop" };
  const cases: readonly (readonly [
    file: string,
    folder: typeof shop,
    system: path.PlatformPath,
    candidates: readonly string[],
  ])[] = [
    ["tls/a.pem", shop, path.win32, ["C:\\work\\shop\\tls\\a.pem"]],
    ["tls\\a.pem", shop, path.win32, ["C:\\work\\shop\\tls\\a.pem"]],
    ["shop/a.pem", shop, path.win32, ["C:\\work\\shop\\shop\\a.pem", "C:\\work\\shop\\a.pem"]],
    ["shop\\a.pem", shop, path.win32, ["C:\\work\\shop\\shop\\a.pem", "C:\\work\\shop\\a.pem"]],
    ["c:\\WORK\\shop\\a.pem", shop, path.win32, ["c:\\WORK\\shop\\a.pem"]],
    ["C:\\work\\shop2\\a.pem", shop, path.win32, []],
    ["D:\\work\\shop\\a.pem", shop, path.win32, []],
    ["D:a.pem", shop, path.win32, []],
    ["\\a.pem", shop, path.win32, []],
    ["..\\shop2\\a.pem", shop, path.win32, []],
    ["../../a.pem", shop, path.win32, []],
    ["..dots\\a.pem", shop, path.win32, ["C:\\work\\shop\\..dots\\a.pem"]],
    ["\\\\evil\\share\\a.pem", shop, path.win32, []],
    ["//evil/share/a.pem", shop, path.win32, []],
    ["\\\\?\\C:\\work\\shop\\a.pem", shop, path.win32, []],
    ["\\\\.\\pipe\\a", shop, path.win32, []],
    ["a.pem", share, path.win32, ["\\\\server\\share\\shop\\a.pem"]],
    ["\\\\server\\share\\shop\\a.pem", share, path.win32, ["\\\\server\\share\\shop\\a.pem"]],
    ["\\\\server\\other\\shop\\a.pem", share, path.win32, []],
    ["shop/a.pem", onLinux, path.posix, ["/srv/shop/shop/a.pem", "/srv/shop/a.pem"]],
    ["shop\\a.pem", onLinux, path.posix, ["/srv/shop/shop\\a.pem"]],
    ["/srv/shop2/a.pem", onLinux, path.posix, []],
  ];
  for (const [file, folder, system, candidates] of cases) {
    it(`${file} in ${folder.path}`, () => assert.deepEqual(candidatesIn(folder, file, system), candidates));
  }
});
