import type { Locale } from "../../words/localize";
import type { Order } from "../model/order";
import { lastStanding } from "../model/said";
import { dateWords, timeWords } from "./time-words";

/**
 * What the CA's report says of an order, if nothing that the order's own endpoint said is newer; else `undefined`.
 * @param listedAt when a report last listed orders of its login, epoch ms; absent if none has ended yet
 * @param now epoch ms
 */
export function reportedWords(
  order: Order,
  listedAt: number | undefined,
  now: number,
  locale: Locale,
): string | undefined {
  const { reported } = order;
  const status = reported?.row?.status;
  if (reported === undefined || status === undefined || status === "") return undefined;
  const at = Math.max(reported.at, listedAt ?? 0);
  if (at < (lastStanding(order)?.at ?? 0)) return undefined;
  const { localize } = locale;
  const end = reported.row?.notAfter;
  // With a certificate, its own days count.
  return end === undefined || order.certificates.length > 0
    ? localize("As the CA's report of {0} says: {1}", timeWords(at, now, locale), status)
    : localize(
        "As the CA's report of {0} says: {1}, valid until {2}",
        timeWords(at, now, locale),
        status,
        dateWords(end, locale),
      );
}
