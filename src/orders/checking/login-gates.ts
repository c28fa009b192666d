import type { Book } from "../journal/book";
import type { Login, LoginKey } from "../model/order";

/**
 * Which logins changed so that the orders that are checked with them may be due at another time. A call that is
 * answered as ever changes its login, too, and concerns its own order only.
 */
export class LoginGates {
  private readonly gates = new Map<LoginKey, string>();

  constructor(private readonly book: Pick<Book, "login">) {}

  /** Those of these logins that turned since they were last looked at; one that was not looked at yet turns, too. */
  turned(keys: Iterable<LoginKey>): ReadonlySet<LoginKey> {
    return new Set([...keys].filter((key) => this.hasTurned(key)));
  }

  private hasTurned(key: LoginKey): boolean {
    const gate = gateOf(this.book.login(key));
    if (this.gates.get(key) === gate) return false;
    this.gates.set(key, gate);
    return true;
  }
}

/**
 * All of a login but what each call changes. A report that goes on only makes orders due later, which is seen when they
 * would have been due.
 */
function gateOf({ lastAnswer, ...login }: Login): string {
  const isQuiet = lastAnswer && (lastAnswer.failures > 0 || lastAnswer.limited || lastAnswer.retryAfter !== undefined);
  return JSON.stringify([{ ...login, ...IGNORED, report: login.report?.on }, isQuiet ? lastAnswer : null]);
}

const IGNORED = { proved: null, unansweredAt: null, services: null } as const;
