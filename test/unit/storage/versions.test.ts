import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { Book } from "../../../src/orders/journal/book";
import { SegmentJournal } from "../../../src/storage/journal";
import { storageError } from "../../../src/storage/storage-error";
import { useFolder } from "./folder";
import { phrase } from "../../../src/words/phrase";

const FIXTURES = path.join("test", "fixtures", "storage");

describe("versions of the journal", () => {
  const folder = useFolder();

  it("reads what version 1 wrote, every type of line", async () => {
    await cp(FIXTURES, folder(), { recursive: true });
    const journal = new SegmentJournal(folder());
    const aside: unknown[] = [];
    const book = new Book(journal, (lines) => aside.push(...lines));
    await book.refresh();
    assert.deepEqual(aside, []);
    const state = {
      orders: [...book.orders()],
      accounts: book.accounts(),
      login: book.login("sectigo/alice"),
      paused: book.paused,
    };
    assert.deepEqual(state, JSON.parse(await readFile(path.join(FIXTURES, "version-1.json"), "utf8")));
    const history = await journal.history("sectigo~ssl~order~12345678");
    assert.ok(history.length > 20 && history.every((line) => line.chained));
  });
});

describe("storage errors", () => {
  const cases: [string, string][] = [
    ["ENOSPC", "disk-full"],
    ["EDQUOT", "disk-full"],
    ["EFBIG", "disk-full"],
    ["EROFS", "read-only"],
    ["EACCES", "read-only"],
    ["EPERM", "read-only"],
    ["EEXIST", "file-exists"],
    ["ENOENT", "folder-missing"],
    ["ENOTDIR", "folder-missing"],
    ["ELOOP", "not-a-file"],
    ["ENAMETOOLONG", "not-a-file"],
    ["NoPermissions", "read-only"],
    ["FileExists", "file-exists"],
    ["FileNotFound", "folder-missing"],
    ["FileNotADirectory", "folder-missing"],
    ["EIO", "storage-failed"],
  ];
  for (const [errno, code] of cases) {
    it(`make ${code} of ${errno}, in a sentence that names no file of the person`, () => {
      const error = storageError(Object.assign(new Error("open '/home/jane/x'"), { code: errno }), (why) =>
        phrase("Could not write the journal: {0}.", why),
      );
      assert.equal(error.code, code);
      assert.match(error.message, /^Could not write the journal: .*\.$/);
      assert.doesNotMatch(error.message, /jane/);
    });
  }
});
