import { inRow, type Locale } from "../../words/localize";
import { PRODUCT_SHORT } from "../presentation/order-words";
import { dateWords } from "../presentation/time-words";
import type { FoundOrder } from "./discovery";

/** How a found order is called: its first domain, else its number. */
export function findingTitle({ row }: FoundOrder): string {
  return row.domains[0] ?? row.orderNumber;
}

/** What a report says of an order, in a line in which a person also searches. */
export function findingWords({ row, product, isGuessed, tracked }: FoundOrder, locale: Locale): string {
  const { localize } = locale;
  const { status, notAfter, placedAt, orderNumber, domains, type } = row;
  const day =
    notAfter !== undefined
      ? localize("until {0}", dateWords(notAfter, locale))
      : placedAt !== undefined
        ? localize("ordered {0}", dateWords(placedAt, locale))
        : undefined;
  return [
    tracked !== undefined ? localize("already tracked") : undefined,
    day,
    // The CA's own name tells more where it says nothing to us.
    isGuessed ? (type ?? `${PRODUCT_SHORT[product]}?`) : PRODUCT_SHORT[product],
    domains.length > 0 ? orderNumber : undefined,
    // The heading above says it, until a person searches by it.
    status,
    inRow(domains.slice(1), localize),
  ]
    .filter((part) => part !== undefined && part !== "")
    .join(" · ");
}
