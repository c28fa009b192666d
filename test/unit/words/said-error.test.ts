import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { inEnglish } from "../../../src/words/localize";
import { phrase } from "../../../src/words/phrase";
import { saidBy, SaidError } from "../../../src/words/said-error";
import { useFolder } from "../storage/folder";

const made = (facts: object, message = "EXXX: of the engine, '/home/jane/secret'"): Error =>
  Object.assign(new Error(message), facts);

describe("what an error says to a person", () => {
  const table: [what: string, error: unknown, said: string][] = [
    ["one of ours", new SaidError(phrase("It is {0}.", "so")), "It is so."],
    ["one of the sandbox", made({ code: "no-such-order" }, "The sandbox has none."), "The sandbox has none."],
    [
      "a file that is not there",
      made({ code: "ENOENT", path: "/home/jane/a.pem" }),
      "The file “a.pem” cannot be used: the file or its folder was not found. Check whether it was moved or deleted.",
    ],
    [
      "a file of Windows that may not be read",
      made({ code: "EACCES", path: "C:\\Users\\jane\\a.pem" }),
      "The file “a.pem” cannot be used: permission is missing. Check the permissions of the file and its folder.",
    ],
    [
      "a file that another program holds",
      made({ code: "EBUSY", path: "a.pem" }),
      "The file “a.pem” cannot be used: another program uses the file. Close it there, then try again.",
    ],
    [
      "a full disk, of a file that is not named",
      made({ code: "ENOSPC" }),
      "Something went wrong unexpectedly: the disk is full. Make room, then try again.",
    ],
    [
      "what the editor says of a file",
      made({ code: "NoPermissions" }),
      "Something went wrong unexpectedly: permission is missing. Check the permissions of the file and its folder.",
    ],
    [
      "what the editor says where a file is already",
      made({ code: "FileExists" }),
      "Something went wrong unexpectedly: a file with that name already exists.",
    ],
    [
      "a code of a file that is not known",
      made({ code: "EIO", path: "/home/jane/a.pem" }),
      "The file “a.pem” cannot be used: the system said EIO.",
    ],
    [
      "a code of the engine",
      made({ code: "ERR_INVALID_ARG_TYPE" }),
      "Something went wrong unexpectedly: the system said ERR_INVALID_ARG_TYPE.",
    ],
    [
      "a code that every object has",
      made({ code: "constructor".toUpperCase() }),
      "Something went wrong unexpectedly: the system said CONSTRUCTOR.",
    ],
    ["a defect", new TypeError("x is not a function"), "Something went wrong unexpectedly: x is not a function."],
    ["a code that is a number", made({ code: 5 }, "Odd."), "Something went wrong unexpectedly: Odd."],
    ["a text", "thrown", "Something went wrong unexpectedly: thrown."],
    ["nothing", undefined, "Something went wrong unexpectedly: undefined."],
  ];
  for (const [what, error, said] of table) {
    it(`is a sentence of ours: ${what}`, () => assert.equal(inEnglish(saidBy(error)), said));
  }

  const folder = useFolder();
  it("names the file that the system did not find", async () => {
    const error: unknown = await readFile(path.join(folder(), "gone.pem")).catch((reason: unknown) => reason);
    assert.match(
      inEnglish(saidBy(error)),
      /^The file “gone\.pem” cannot be used: the file or its folder was not found/,
    );
  });
});
