import assert from "node:assert/strict";
import fc from "fast-check";
import { delimitedRows } from "../../../src/shape/delimited-rows";

const cellsOf = (text: string, delimiter = ",", comment?: string) =>
  [...delimitedRows(text, delimiter, comment === undefined ? {} : { comment })].map(({ cells }) => cells);

describe("rows of a table", () => {
  it("are what was written, whatever the delimiter and the line ends", () => {
    const field = fc.string({ unit: fc.constantFrom('"', ",", ";", "\n", "\r", "a", " ", "ä", "#") });
    const row = fc.array(field, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("", " "),
        (rows, lineEnd, delimiter, blank) => {
          const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"${blank}`;
          const lines = rows.map((cells) => cells.map(quoted).join(delimiter));
          const read = [...delimitedRows(lines.join(lineEnd), delimiter)];
          assert.deepEqual(
            read.map(({ cells }) => cells),
            rows,
          );
          const begins = lines.map((_, at) =>
            lines.slice(0, at).reduce((sum, { length }) => sum + length + lineEnd.length, 0),
          );
          assert.deepEqual(
            read.map(({ at }) => at),
            begins,
          );
        },
      ),
    );
  });

  const table: readonly (readonly [what: string, text: string, cells: readonly (readonly string[])[]])[] = [
    [
      "without quotation marks",
      'a,b c,\n,d"e',
      [
        ["a", "b c", ""],
        ["", 'd"e'],
      ],
    ],
    ["nothing", "", [[""]]],
    ["empty rows, and one after the last line end", "\n\na\r\n\r", [[""], [""], ["a"], [""], [""]]],
    ["a byte order mark", "\uFEFFa", [["a"]]],
    ["a quotation mark after a blank", ' "a",b', [[' "a"', "b"]]],
    ["text after a quotation mark", '"a" b "c" ,d\n"e"', [['a" b "c', "d"], ["e"]]],
    ["such text with a doubled one", '"a"b""c",d', [['a"b"c', "d"]]],
    ["an open quotation mark", '1,"a\n2,""b\n', [["1", 'a\n2,"b\n']]],
    ["blanks after a quotation mark", '"a" \t,"b" \u00a0\n"c" ', [["a", "b"], ["c"]]],
    ["no cell but a quoted one", '""\n""""', [[""], ['"']]],
  ];
  for (const [what, text, cells] of table) it(`may have ${what}`, () => assert.deepEqual(cellsOf(text), cells));

  it("end at the delimiter, even if it is a blank", () =>
    assert.deepEqual(cellsOf('"a"\t \t"b"', "\t"), [["a", " ", "b"]]));

  it("are not what begins as a comment", () => {
    assert.deepEqual(cellsOf('# "a,b\nc,# d\n#e\n"# f"\n# g', ",", "# "), [["c", "# d"], ["#e"], ["# f"]]);
    assert.deepEqual(cellsOf("# a\n"), [["# a"], [""]]);
  });

  it("say what RFC 4180 does not allow", () => {
    const damages = (text: string) => [...delimitedRows(text, ",", { maxCells: 2 })].map(({ damage }) => damage);
    assert.deepEqual(damages('a,b\n"a" b,"c"\n"a"'), [undefined, "stray", undefined]);
    assert.deepEqual(damages('a\n"b\nc'), [undefined, "open"]);
    assert.deepEqual(damages("a,b\na,b,c\nd"), [undefined, "long"]);
    assert.deepEqual(damages("a,b\n"), [undefined, undefined]);
  });
});
