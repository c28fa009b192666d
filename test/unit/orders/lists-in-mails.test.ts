import assert from "node:assert/strict";
import type { Product } from "../../../src/api/product";
import { parseOrders } from "../../../src/orders/import/parse-orders";

/** Number, product and name of an order. */
type Found = readonly [value: string, product?: Product | undefined, label?: string];

interface Case {
  readonly what: string;
  readonly text: string;
  readonly orders: readonly Found[];
}

const cases: readonly Case[] = [
  {
    what: "a list without a label, and one number with a label in the prose below",
    text: "Hello,\nplease collect these:\n1000001\n1000002\n\nThe order number 1000003 is done, too.\nThanks",
    orders: [["1000001"], ["1000002"], ["1000003"]],
  },
  {
    what: "a labelled number in the prose above",
    text: "Order number 1000003 came through. Still open are\n\n- 1000001 www.a.example\n- 1000002 www.b.example\n\nKind regards",
    orders: [["1000003"], ["1000001", undefined, "www.a.example"], ["1000002", undefined, "www.b.example"]],
  },
  {
    what: "a label above a list with names",
    text: "Order numbers:\n- 1000001 www.a.example\n- 1000002 www.b.example\n- 1000003 www.c.example",
    orders: [
      ["1000001", undefined, "www.a.example"],
      ["1000002", undefined, "www.b.example"],
      ["1000003", undefined, "www.c.example"],
    ],
  },
  {
    what: "remarks behind the numbers of a list",
    text: "Order number 1000003 is fine.\n\n1000001 - expired last week, please renew it\n1000002 - waits for Bob to answer\n",
    orders: [["1000003"], ["1000001"], ["1000002"]],
  },
  {
    what: "a counted list",
    text: "About order 1000003:\n\n1. 1000001\n2. 1000002\n\nBoth are the same customer's.",
    orders: [["1000003"], ["1000001"], ["1000002"]],
  },
  {
    what: "a quoted list",
    text: "> 1000001\n> 1000002\n\nYour order number 1000003 is issued.",
    orders: [["1000001"], ["1000002"], ["1000003"]],
  },
  {
    what: "several numbers in one line of a list",
    text: "Order number 1000003 is issued.\n\n1000001, 1000002 1000004\n",
    orders: [["1000003"], ["1000001"], ["1000002"], ["1000004"]],
  },
  {
    what: "a list of something else, which its label says",
    text: "Order number 1000003 is paid by\n\nInvoice numbers:\n- 7000001 for a.example\n- 7000002 for b.example\n",
    orders: [["1000003"]],
  },
  {
    what: "numbers in sentences, which may be anything",
    text: "Order number 1000003 is issued.\nWe counted 5551234567 calls last year.\nSee note 9876543210 of it.",
    orders: [["1000003"]],
  },
  {
    what: "a signature with a telephone number and a postal code",
    text: "Order number 1000003 is issued.\n\nJane Doe\n90210 Beverly Hills\n+1 888 266 6361\n",
    orders: [["1000003"]],
  },
  {
    what: "a date and an amount on lines of their own",
    text: "Order number 1000003 is issued.\n\n20261127\nUSD 1234567\n1234567 EUR\n",
    orders: [["1000003"]],
  },
  {
    what: "certificate IDs below their label",
    text: "Certificate IDs:\n- 9876543 a.example\n- 9876544 b.example\n",
    orders: [
      ["9876543", undefined, "a.example"],
      ["9876544", undefined, "b.example"],
    ],
  },
  {
    what: "a product at one of two orders",
    text: "Order number: 1000001 (SSL)\nOrder number: 2000001, in a sentence that goes on\n",
    orders: [["1000001", "ssl"], ["2000001"]],
  },
  {
    what: "a product at each",
    text: "Order number 1000001 is an SSL certificate.\nOrder number 2000001 is S/MIME.\nOrder number 3000001 is neither.\n",
    orders: [["1000001", "ssl"], ["2000001", "smime"], ["3000001"]],
  },
  {
    what: "a product in the prose around several orders",
    text: "Dear customer, thank you for trusting our SSL certificates.\nOrder number: 1000001\nOrder number: 1000002\n",
    orders: [["1000001"], ["1000002"]],
  },
  {
    what: "a product in the prose around one order",
    text: "Dear customer, thank you for your SSL certificate.\nOrder number: 1000001\n",
    orders: [["1000001", "ssl"]],
  },
  {
    what: "a product on the line of several orders",
    text: "Your S/MIME orders: order numbers 1000001, 1000002 and 1000003 wait.\nOrder number 1000004 does not.\n",
    orders: [["1000001", "smime"], ["1000002", "smime"], ["1000003", "smime"], ["1000004"]],
  },
];

describe("a mail with a list", () => {
  for (const { what, text, orders } of cases) {
    it(what, () => {
      const parsed = parseOrders(text);
      const found = parsed.orders.map(({ reference, product, label }): Found => {
        const value = reference.kind === "collectionCode" ? "" : reference.value;
        return label === undefined ? (product === undefined ? [value] : [value, product]) : [value, product, label];
      });
      assert.deepEqual(found, orders);
    });
  }

  it("gives certificate IDs as such", () => {
    const { orders } = parseOrders("Certificate IDs:\n- 9876543 a.example\n- 9876544 b.example\n");
    assert.deepEqual(
      orders.map(({ reference }) => reference.kind),
      ["certificateID", "certificateID"],
    );
  });
});
