import assert from "node:assert/strict";
import { parseOrders, type ParsedOrders } from "../../src/orders/import/parse-orders";

describe("a text that is made to keep programs busy", () => {
  const blank = (count: number, line = "\n"): string => line.repeat(count);
  const ORDER = "curl -d orderNumber=12345678 https://h.example/CollectSSL";
  const COUNT = 300_000;
  const table: [string, string, ParsedOrders["form"], number][] = [
    ["blank lines before an order", `${blank(COUNT)}12345678`, "lines", 1],
    ["blank lines before a command", `${blank(COUNT)}${ORDER}`, "curl", 1],
    ["returns before a command", `${blank(COUNT, "\r")}${ORDER}`, "curl", 1],
    ["separators of lines", blank(COUNT, "\u2028"), "empty", 0],
    ["blanks before a command, which no prompt has", `${blank(COUNT, " ")}${ORDER}`, "script", 1],
    ["a prompt of signs", `${blank(COUNT, "$ ")}${ORDER}`, "script", 1],
    [
      "more parameters than a call takes arguments",
      `curl -d 'orderNumber=12345678&${"a=1&".repeat(COUNT)}'`,
      "curl",
      1,
    ],
    [
      "more options than a call takes arguments",
      `curl -d orderNumber=12345678 ${"-d a=1 ".repeat(COUNT / 2)}`,
      "curl",
      1,
    ],
    ["quotes that are not closed", `${ORDER} ${'"\\'.repeat(COUNT)}`, "curl", 1],
    ["punctuation after a link", `https://h.example/orders/12345678${"!".repeat(COUNT)}`, "lines", 1],
    ["brackets around a number", `${"(".repeat(COUNT)}12345678${")".repeat(COUNT)}`, "lines", 1],
    ["blanks between tags", `order,tags\n12345678,"a${blank(COUNT, " ")};b"\n`, "table", 1],
    [
      "stray quotation marks before blanks",
      `order,name\n12345678,"${'"a'.repeat(COUNT)}${blank(COUNT, " ")}\n12345679,b`,
      "table",
      1,
    ],
    // Making A-labels of a host takes quadratic time.
    ["a host of ideographs", `https://${"漢".repeat(COUNT)}/orders/12345678`, "lines", 0],
    ["a command for such a host", `curl https://${"漢".repeat(COUNT)}/orders?orderNumber=12345678`, "curl", 0],
    ["a link without end", `https://h.example/orders/12345678?${"a=1&".repeat(COUNT)}`, "lines", 0],
  ];
  for (const [what, text, form, orders] of table)
    it(`is understood, or not: ${what}`, () => {
      const parsed = parseOrders(text);
      assert.deepEqual([parsed.form, parsed.orders.length], [form, orders]);
    });

  it("is told of by the first thousand problems", () => {
    for (const text of [`12345678\n${"nothing\n".repeat(5000)}`, `order,name\n12345678,a\n${",y\n".repeat(5000)}`])
      assert.equal(parseOrders(text).problems.length, 1000);
  });
});
