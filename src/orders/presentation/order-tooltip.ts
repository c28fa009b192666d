import type { OrderRow } from "./arrange";
import { asideWords, caWords, orderedWords, twinWords } from "./order-words";
import type { Locale } from "../../words/localize";
import { isWatched } from "../checking/schedule";
import { deadlinesOf } from "../model/next-action";
import { CHECK_WORDS } from "./check-words";
import { deadlineWords, nextActionWords } from "./deadline-words";
import { reportedWords } from "./reported-words";
import { servedLines } from "./served-words";
import { taskRunWords } from "./task-words";
import { isSavedOlder, titleOf } from "./state";
import { dateWords, relativeWords, timeWords } from "./time-words";
import { allOf } from "../../words/phrase";

/**
 * The tooltip of a row, line by line: its whole state, when and why it was checked, and when it may be checked again.
 * Each time is said as a distance and as it stands on the clock.
 * @param now epoch ms
 */
export function orderTooltip(
  { order, account, state, check, aside, twins = [], listedAt }: OrderRow,
  now: number,
  locale: Locale,
): string[] {
  const { localize } = locale;
  const { asked } = order;
  const [collected] = order.certificates;
  const byWhom = asked?.why === "person" ? localize("manually") : localize("automatically");
  const moment = (at: number): string => `${relativeWords(at, now, locale)} (${timeWords(at, now, locale)})`;
  const next = nextActionWords(order, now, locale);
  // Its end stands above, as that of any certificate.
  const days = deadlinesOf(order, now)
    .filter(({ what }) => what !== "certificate")
    .map((deadline) => deadlineWords(deadline, locale))
    .map(({ label, text }) => localize("{0}: {1}", label, text));
  const lines = [
    titleOf(order, localize),
    orderedWords(order, locale),
    state.words,
    state.advice,
    reportedWords(order, listedAt, now, locale),
    collected && endLine(collected.notAfter, now, locale),
    ...(next === undefined ? [] : [localize("Next: {0}", next), ...days]),
    taskRunWords(order, now, locale),
    ...servedLines(order, now, locale),
    isSavedOlder(order) ? localize("The files hold the previous certificate: save it again.") : undefined,
    // Where something else stops them, too, that is what the line on the next check says.
    order.paused && check.reason !== "order-paused" ? localize("Checks paused") : undefined,
    isWatched(order) ? localize("Watched for another certificate") : undefined,
    account && localize("Account: {0}", account.label),
    order.account === undefined ? localize("No account, at {0}", caWords(order.ca, locale)) : undefined,
    order.tags.length === 0 ? undefined : localize("Tags: {0}", allOf(order.tags)),
    asked && localize("Last checked {0}, {1}", moment(asked.at), byWhom),
    check.due === undefined
      ? localize("Not checked automatically: {0}", localize(CHECK_WORDS[check.reason]))
      : localize("Next check {0}: {1}", moment(check.due), localize(CHECK_WORDS[check.reason])),
    check.free !== undefined && check.free > now
      ? localize("You can check it {0}, or sooner if you confirm.", moment(check.free))
      : undefined,
    order.muted ? localize("Muted: no notifications about it") : undefined,
    ...twins.map((twin) => twinWords(twin, locale)),
    asideWords(aside, locale),
  ];
  return lines.filter((line) => line !== undefined);
}

/** Until when a certificate is valid, or was. */
function endLine(notAfter: number, now: number, locale: Locale): string {
  const { localize } = locale;
  const [away, day] = [relativeWords(notAfter, now, locale), dateWords(notAfter, locale)];
  return notAfter < now ? localize("Expired {0} ({1})", away, day) : localize("Expires {0} ({1})", away, day);
}
