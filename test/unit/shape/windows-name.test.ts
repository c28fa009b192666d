import assert from "node:assert/strict";
import {
  isDeviceName,
  isWindowsTrap,
  namesDriveOrComputer,
  notDevice,
  windowsNames,
  windowsPathProblem,
} from "../../../src/shape/windows-name";

describe("names of Windows", () => {
  const devices = [
    ...["CON", "con.pem", "Prn", "aux.tar.gz", "nul .txt", "NUL", "COM1", "com9.x", "lpt9.key", "com¹", "com².x"],
    ...["LPT³", "conin$", "CONOUT$.txt", "con ", "com0"],
  ];
  const traps = [
    "a.pem:stream",
    "a?.pem",
    "a.pem.",
    "a.pem ",
    'a"b',
    "a|b",
    "a<b",
    "a>b",
    "a*",
    "a\u0007b",
    "..",
    "a\tb",
  ];
  const names = [
    ...["a.pem", "console.pem", "com10.pem", "com.pem", "null.pem", "a b.pem", ".pem", "ä.pem", "xcon", "con-1.pem"],
    ...["conin", "com⁴", "a.con", "prn_"],
  ];
  for (const name of devices)
    it(`${name}: a device's`, () => assert.deepEqual([isDeviceName(name), isWindowsTrap(name)], [true, true]));
  for (const name of traps)
    it(`${JSON.stringify(name)}: another one's`, () =>
      assert.deepEqual([isDeviceName(name), isWindowsTrap(name)], [false, true]));
  for (const name of names)
    it(`${name}: a file's`, () => assert.deepEqual([isDeviceName(name), isWindowsTrap(name)], [false, false]));

  it("of devices get a word before them", () => {
    assert.deepEqual(
      ["con.pem", "COM¹", "a"].map((name) => notDevice(name, "report")),
      ["report-con.pem", "report-COM¹", "a"],
    );
  });
});

describe("paths of Windows", () => {
  const roots: readonly (readonly [path: string, names: readonly string[], leadsOut: boolean])[] = [
    ["C:\\a\\b.pem", ["a", "b.pem"], true],
    ["c:/a/./b.pem", ["a", "b.pem"], true],
    ["C:a.pem", ["a.pem"], true],
    ["\\\\server\\share\\a\\b.pem", ["a", "b.pem"], true],
    ["//server/share/a.pem", ["a.pem"], true],
    ["\\\\?\\C:\\a.pem", ["a.pem"], true],
    ["\\\\.\\pipe\\x", [], true],
    ["\\a.pem", ["a.pem"], false],
    ["a\\..\\b.pem", ["a", "..", "b.pem"], false],
    ["certs/a.pem", ["certs", "a.pem"], false],
    ["1:a", ["1:a"], false],
  ];
  for (const [path, names, leadsOut] of roots) {
    it(`${path}: its names, and whether it leaves where it is`, () => {
      assert.deepEqual(
        [windowsNames(path).filter((name) => name !== "x"), namesDriveOrComputer(path)],
        [names, leadsOut],
      );
    });
  }

  const problems: readonly (readonly [what: string, path: string, problem: string | undefined])[] = [
    ["of a drive", "C:\\repo\\a.pem", undefined],
    ["of a computer", "\\\\server\\share\\a.pem", undefined],
    ["above the folder", "..\\a.pem", undefined],
    ["to a device", "C:\\repo\\nul.txt", "another-name"],
    ["through a device", "C:\\con\\a.pem", "another-name"],
    ["through a name with an ending that is dropped", "C:\\repo. \\a.pem", "another-name"],
    ["to a stream", "C:\\repo\\a.pem:b", "another-name"],
    ["of more than 260 characters", `C:\\${"a\\".repeat(200)}a.pem`, undefined],
    ["as long as it may be", longPath(32_767), undefined],
    ["a character longer", longPath(32_768), "too-long"],
    ["of a computer, as long as it may be", `\\\\server\\share\\${"a\\".repeat(16_372)}bb`, undefined],
    ["of a computer, a character longer", `\\\\server\\share\\${"a\\".repeat(16_373)}b`, "too-long"],
    ["with a name as long as it may be", `C:\\${"a".repeat(255)}`, undefined],
    ["with a name that is too long", `C:\\${"a".repeat(256)}`, "too-long"],
    ["with a name that is too long, in the middle", `C:\\${"a".repeat(256)}\\b`, "too-long"],
  ];
  for (const [what, path, problem] of problems) {
    it(`${what}: ${problem ?? "right"}`, () => assert.equal(windowsPathProblem(path), problem));
  }
});

/** A path of a drive with names of 99 characters. @param length with `\\?\` before it */
function longPath(length: number): string {
  return `C:\\${`${"a".repeat(99)}\\`.repeat(400)}`.slice(0, length - 4).replace(/\\$/, "b");
}
