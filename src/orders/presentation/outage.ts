import { isNeverSent } from "../checking/guard";
import { perLanguage, type Locale } from "../../words/localize";
import type { CaName, Login, Order } from "../model/order";
import { isOutage } from "../model/said";
import type { OrderRow } from "./arrange";
import { caWords } from "./order-words";
import { timeWords } from "./time-words";

/** A CA whose orders would be checked, but cannot be. */
export interface Outage {
  readonly ca: CaName;
  /** `stopped`: the sandbox is not running. `unsent`: calls do not reach it. `unanswered`: it does not answer them. */
  readonly kind: "stopped" | "unsent" | "unanswered";
  /** When the first of the failing calls was made. Epoch ms; absent if no call was needed to know. */
  readonly since?: number;
  /** The failure of the last call, with its code. */
  readonly last?: NonNullable<Login["failure"]>;
}

/** What the outages of a window follow from, besides its orders. */
export interface OutageFacts {
  readonly loginOf: (order: Pick<Order, "ca" | "account">) => Login | undefined;
  /** See `Book.reachedAt`. */
  readonly reachedAt: (ca: CaName) => number | undefined;
  readonly isSandboxRunning: boolean;
}

/** Whether an order would be checked, if its CA could be reached. */
export function isAwaited({ check, state }: OrderRow): boolean {
  return !state.archived && check.due !== undefined;
}

/** The outages that delay automatic checks, one for each CA. @param orders those that {@link isAwaited} */
export function outagesOf(orders: Iterable<Pick<Order, "ca" | "account">>, facts: OutageFacts): Outage[] {
  const found = new Map<CaName, Outage>();
  for (const order of orders) {
    const { ca } = order;
    if (ca === "sandbox" && !facts.isSandboxRunning) {
      found.set(ca, { ca, kind: "stopped" });
      continue;
    }
    const outage = outageOf(ca, facts.loginOf(order), facts.reachedAt(ca));
    const known = found.get(ca);
    if (outage !== undefined && (outage.since ?? Infinity) < (known?.since ?? Infinity)) found.set(ca, outage);
  }
  return [...found.values()];
}

function outageOf(ca: CaName, login: Login | undefined, reachedAt = -Infinity): Outage | undefined {
  const { failure, failingSince, lastAnswer } = login ?? {};
  if (failure === undefined || lastAnswer === undefined) return undefined;
  if (!isOutage(failure.code) || reachedAt > lastAnswer.at) return undefined;
  const kind = isNeverSent(failure.code) ? "unsent" : "unanswered";
  return { ca, kind, since: failingSince ?? lastAnswer.at, last: failure };
}

/** Why calls fail, in a few words, where that does not end by itself. */
function reasonWords(code: string, { localize }: Locale): string | undefined {
  switch (code) {
    case "proxy":
      return localize("the proxy lets nothing through");
    case "tls":
    case "not-https":
      return localize("the server does not speak HTTPS");
    case "certificate-expired":
    case "certificate-name":
    case "certificate-untrusted":
      return localize("the server's certificate is not accepted");
    case "redirected":
      return localize("the server sends calls elsewhere");
    case "ca-file":
      return localize("a file of trusted CAs cannot be read");
    default:
      return undefined;
  }
}

/**
 * An outage in a sentence for the line above the tree.
 * @param isOnly whether all orders are at this CA, which then need not be named
 */
export function outageWords({ ca, kind, since, last }: Outage, isOnly: boolean, now: number, locale: Locale): string {
  const { localize } = locale;
  if (kind === "stopped") return localize("The sandbox is not running.");
  const at = clockWords(since ?? now, now, locale);
  const name = caWords(ca, locale);
  const reason = last && reasonWords(last.code, locale);
  if (kind === "unanswered") {
    return isOnly ? localize("No answer since {0}.", at) : localize("No answer from {1} since {0}.", at, name);
  }
  if (reason !== undefined) {
    return isOnly
      ? localize("No connection since {0}: {1}.", at, reason)
      : localize("No connection to {2} since {0}: {1}.", at, reason, name);
  }
  return isOnly ? localize("No connection since {0}.", at) : localize("No connection to {1} since {0}.", at, name);
}

/** A point in time without its seconds, with the day only if it is not today. */
function clockWords(at: number, now: number, locale: Locale): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date(now).toDateString();
  return isToday ? shortClocks(locale.language).format(date) : timeWords(at, now, locale);
}

const shortClocks = perLanguage((language) => new Intl.DateTimeFormat(language, { timeStyle: "short" }));
