import { bare, isDomainOrMail, ORDER_NUMBER, type Findings, type FoundOrder, type IntakeProblem } from "./found";
import { linksIn, orderInLink } from "./link";
import { MAX_PROBLEMS } from "./limits";
import { productNamed } from "./product-words";

/**
 * Orders listed one or several to a line: a number, or a link, with a product and a name beside it in any order.
 * Lines that are empty or begin with # are left out.
 */
export function readLines(text: string): Findings {
  const orders: FoundOrder[] = [];
  const problems: IntakeProblem[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (/^\s*(?:#(?!\d)|$)/.test(line)) continue;
    const found = ordersInLine(line, index + 1);
    for (const order of found) orders.push(order);
    if (found.length === 0 && problems.length < MAX_PROBLEMS) {
      problems.push({ line: index + 1, message: "No order number is in this line.", excerpt: line });
    }
  }
  return { orders, problems };
}

function ordersInLine(line: string, number: number): FoundOrder[] {
  const inLinks = [...linksIn(line)].flatMap(({ link }) => orderInLink(link, number) ?? []);
  if (inLinks.length > 0) return inLinks;
  const words = line
    .split(/[\s,;|]+/)
    .map((word) => bare(word, "#\"'(<[", "\"'.)>]:"))
    .filter((word) => word !== "");
  const numbers = words.filter((word) => ORDER_NUMBER.test(word));
  if (numbers.length === 0) return [];
  const product = words.map(productNamed).find((each) => each !== undefined);
  const name = words.find((word) => isDomainOrMail(word));
  return numbers.map((value) => ({
    reference: { kind: "orderNumber", value },
    line: number,
    ...(product !== undefined && { product }),
    // A name beside several numbers is nobody's.
    ...(numbers.length === 1 && name !== undefined && { label: name }),
  }));
}
