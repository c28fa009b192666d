import assert from "node:assert/strict";
import { tableRows } from "../../../src/orders/import/table-rows";

describe("the rows of a table of orders", () => {
  const cellsOf = (text: string, delimiter?: string) => tableRows(text, delimiter).map(({ cells }) => cells);

  const table: readonly (readonly [what: string, text: string, cells: readonly (readonly string[])[]])[] = [
    [
      "the only one",
      "1;2\n3;4",
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    ["the one that gives the most cells", "1;2|3|4", [["1;2", "3", "4"]]],
    ["the one that gives the most cells, wherever it stands among them", "1;2;3|4", [["1", "2", "3|4"]]],
    [
      "the one that gives even rows",
      "1,2,3;4\n5;6",
      [
        ["1,2,3", "4"],
        ["5", "6"],
      ],
    ],
    [
      "one that cuts, however unevenly",
      "1;2;3\n4;5",
      [
        ["1", "2", "3"],
        ["4", "5"],
      ],
    ],
    ["a comma where none gives two cells on average", "1;2\n3\n4", [["1;2"], ["3"], ["4"]]],
    [
      "that of the first ten rows",
      `${"1;2\n".repeat(10)}${"1,2,3\n".repeat(20)}`,
      [...Array<string[]>(10).fill(["1", "2"]), ...Array<string[]>(20).fill(["1,2,3"])],
    ],
    [
      "not one in quotation marks",
      '"1;2;3",4\n"5;6;7",8',
      [
        ["1;2;3", "4"],
        ["5;6;7", "8"],
      ],
    ],
    ["the one that Excel declares", "sep=|\n1,2|3", [["1,2", "3"]]],
  ];
  for (const [what, text, cells] of table) it(`are cut at ${what}`, () => assert.deepEqual(cellsOf(text), cells));

  it("are cut at the delimiter of the headings", () => assert.deepEqual(cellsOf("1;2|3|4", ";"), [["1", "2|3|4"]]));

  it("say in which line they begin, without comments and empty rows", () =>
    assert.deepEqual(tableRows('sep=,\n\n# a "note\n"1\n2",3\n , \n4,5'), [
      { cells: ["1\n2", "3"], line: 4 },
      { cells: ["4", "5"], line: 7 },
    ]));
});
