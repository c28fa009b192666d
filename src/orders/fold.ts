import { isLater, stampOf, type JournalLine, type Stamp } from "./events";
import type {
  Account,
  AccountId,
  Answer,
  Asked,
  Freeze,
  Held,
  Known,
  Login,
  LoginAnswer,
  LoginKey,
  Look,
  Order,
  OrderId,
  Saved,
  Tracked,
  Warned,
} from "./order";

/** What a line changed in the fold. Absent fields: nothing of that sort. */
export interface Touched {
  readonly order?: OrderId;
  readonly account?: AccountId;
  readonly login?: LoginKey;
  /** Orders or accounts appeared or vanished, or all of them changed at once. */
  readonly structure?: boolean;
}

/**
 * The state that lines make. Folding is commutative and idempotent: any order of the lines, and any number of copies
 * of each, gives the same state, because each part of an order is a register that the latest line writes, and what is
 * held is a set. So several processes may append without asking each other, and a line may be read twice.
 */
export class Fold {
  private readonly orders = new Map<OrderId, OrderParts>();
  private readonly accounts = new Map<AccountId, Register<Omit<Account, "frozen"> | undefined>>();
  private readonly logins = new Map<LoginKey, LoginParts>();
  private checksPaused: Register<boolean> | undefined;
  /** Each issuer's hash once: thousands of certificates name the same few. */
  private readonly issuers = new Map<string, string>();

  /** Folds one line in. @returns what it changed, or `undefined` when it is no news */
  apply(line: JournalLine): Touched | undefined {
    switch (line.type) {
      case "account-set":
        return this.setAccount(line.account.id, line, accountOf(line.account));
      case "account-removed":
        return this.setAccount(line.account, line, undefined);
      case "frozen":
        return this.setGate(line, line.login, { at: line.at, code: line.code, message: line.message });
      case "thawed":
        return this.thaw(line, line.login);
      case "checks-paused":
      case "checks-resumed":
        return this.setChecksPaused(line);
      case "unchanged":
        return undefined;
      default:
        return this.applyToOrder(line);
    }
  }

  /** The order as it stands, or `undefined` when it is not tracked or was forgotten. */
  order(id: OrderId): Order | undefined {
    const parts = this.orders.get(id);
    return parts && isPresent(parts) ? viewOf(id, parts) : undefined;
  }

  *orderIds(): Generator<OrderId> {
    for (const [id, parts] of this.orders) if (isPresent(parts)) yield id;
  }

  account(id: AccountId): Omit<Account, "frozen"> | undefined {
    return this.accounts.get(id)?.value;
  }

  *accountIds(): Generator<AccountId> {
    for (const [id, register] of this.accounts) if (register.value) yield id;
  }

  login(key: LoginKey): Login {
    const parts = this.logins.get(key);
    if (!parts) return { key, proved: false };
    const { gate, proved, thawed, asked, answered } = parts;
    const isUnanswered = asked && [answered, thawed].every((later) => !later || isLater(asked, later));
    return {
      key,
      proved: proved !== undefined && (thawed === undefined || isLater(proved, thawed)),
      ...(isUnanswered && { unansweredAt: asked.value }),
      ...(gate?.value && { frozen: gate.value }),
      ...(thawed && { thawedAt: thawed.value }),
      ...(answered && { lastAnswer: answered.value }),
    };
  }

  *loginKeys(): Generator<LoginKey> {
    yield* this.logins.keys();
  }

  get paused(): boolean {
    return this.checksPaused?.value === true;
  }

  private applyToOrder(line: OrderLine): Touched | undefined {
    let parts = this.orders.get(line.id);
    if (!parts) this.orders.set(line.id, (parts = { held: [] }));
    const wasPresent = isPresent(parts);
    let changed = line.type === "collected" ? this.foldHeld(parts, line) : fold(parts, line);
    let login: LoginKey | undefined;
    if (line.type === "asked" || line.type === "answered") {
      const touched = this.foldLogin(line);
      if (touched) [changed, login] = [true, line.login];
    }
    if (!changed) return undefined;
    delete parts.view;
    const structure = wasPresent !== isPresent(parts);
    return { order: line.id, ...(login !== undefined && { login }), ...(structure && { structure }) };
  }

  private foldHeld(parts: OrderParts, line: CollectedLine): boolean {
    const stamp = stampOf(line);
    const there = parts.held.find((held) => held.value.leaf === line.leaf);
    if (there && !isLater(there, stamp)) return false;
    const { at, leaf, serialNumber, subject, names, notBefore, notAfter } = line;
    const chain = line.chain.map((hash) => (hash === leaf ? leaf : this.issuer(hash)));
    const value = { at, leaf, chain, serialNumber, subject, names, notBefore, notAfter };
    const held = [...parts.held.filter((each) => each !== there), { t: stamp.t, line: stamp.line, value }];
    parts.held = held.sort((a, b) => (isLater(a, b) ? -1 : 1));
    return true;
  }

  private issuer(hash: string): string {
    const known = this.issuers.get(hash);
    if (known === undefined) this.issuers.set(hash, hash);
    return known ?? hash;
  }

  private setAccount(id: AccountId, line: JournalLine, value: Omit<Account, "frozen"> | undefined) {
    const before = this.accounts.get(id);
    const register = write(before, line, value);
    if (!register) return undefined;
    this.accounts.set(id, register);
    return { account: id, ...(Boolean(before?.value) !== Boolean(value) && { structure: true }) };
  }

  private setChecksPaused(line: JournalLine): Touched | undefined {
    const register = write(this.checksPaused, line, line.type === "checks-paused");
    if (!register) return undefined;
    this.checksPaused = register;
    return { structure: true };
  }

  private loginParts(key: LoginKey): LoginParts {
    let parts = this.logins.get(key);
    if (!parts) this.logins.set(key, (parts = {}));
    return parts;
  }

  private setGate(line: JournalLine, key: LoginKey, value: Freeze | undefined): Touched | undefined {
    return assign(this.loginParts(key), "gate", line, value) ? { login: key } : undefined;
  }

  private thaw(line: JournalLine, key: LoginKey): Touched | undefined {
    const opened = this.setGate(line, key, undefined);
    return assign(this.loginParts(key), "thawed", line, line.at) ? { login: key } : opened;
  }

  private foldLogin(line: Extract<JournalLine, { type: "asked" | "answered" }>): boolean {
    const parts = this.loginParts(line.login);
    if (line.type === "asked") return assign(parts, "asked", line, line.at);
    const { outcome } = line;
    let changed = assign(parts, "answered", line, {
      at: line.at,
      failures: line.failures,
      limited: outcome.kind === "refused" && outcome.after === "hours",
      ...("retryAfter" in outcome && outcome.retryAfter !== undefined && { retryAfter: outcome.retryAfter }),
    });
    if (line.proves) changed = assign(parts, "proved", line, line.at) || changed;
    if (outcome.kind === "refused" && outcome.after === "sign-in") {
      const { code, message } = outcome;
      changed = assign(parts, "gate", line, { at: line.at, code, message }) || changed;
    }
    return changed;
  }
}

/** A value that the latest writer decides. */
interface Register<T> extends Stamp {
  readonly value: T;
}

type OrderLine = Extract<JournalLine, { id: OrderId }>;
type CollectedLine = Extract<JournalLine, { type: "collected" }>;

interface OrderRegisters {
  tracked?: Register<Omit<Tracked, "id" | "trackedAt">>;
  present?: Register<boolean>;
  label?: Register<string>;
  tags?: Register<readonly string[]>;
  asked?: Register<Omit<Asked, "answered">>;
  answer?: Register<Answer>;
  detail?: Register<Known>;
  openedAt?: Register<number>;
  saved?: Register<Saved>;
  /** By which end. */
  warnedOfCertificate?: Register<Warned>;
  warnedOfTerm?: Register<Warned>;
  watchedAt?: Register<number>;
  look?: Register<Look>;
  agreedAt?: Register<number>;
  codeSetAt?: Register<number>;
  paused?: Register<boolean>;
  archived?: Register<boolean>;
  muted?: Register<boolean>;
}

interface OrderParts extends OrderRegisters {
  /** Each certificate once, by the first line that brought it. Newest first. */
  held: readonly Register<Held>[];
  firstTrackedAt?: number;
  /** Made on demand, dropped by each change. */
  view?: Order;
}

interface LoginParts {
  gate?: Register<Freeze | undefined>;
  thawed?: Register<number>;
  proved?: Register<number>;
  asked?: Register<number>;
  answered?: Register<LoginAnswer>;
}

function isPresent(parts: OrderParts): boolean {
  return parts.tracked !== undefined && parts.present?.value === true;
}

/** The register that results, or `undefined` when what is there is as late or later. */
function write<T>(before: Stamp | undefined, line: JournalLine, value: T): Register<T> | undefined {
  const stamp = stampOf(line);
  return before && !isLater(stamp, before) ? undefined : { t: stamp.t, line: stamp.line, value };
}

type ValueOf<R> = R extends Register<infer T> ? T : never;

function assign<P extends object, K extends keyof P>(
  parts: P,
  name: K,
  line: JournalLine,
  value: ValueOf<NonNullable<P[K]>>,
): boolean {
  const register = write(parts[name] as Stamp | undefined, line, value);
  if (register) parts[name] = register as P[K];
  return register !== undefined;
}

function fold(parts: OrderParts, line: Exclude<OrderLine, CollectedLine>): boolean {
  const { at } = line;
  const put = <K extends keyof OrderRegisters>(name: K, value: ValueOf<NonNullable<OrderRegisters[K]>>) =>
    assign<OrderRegisters, K>(parts, name, line, value);
  switch (line.type) {
    case "tracked":
      return foldTracked(parts, line);
    case "forgotten":
      return put("present", false);
    case "restored":
      return put("present", true);
    case "renamed":
      return put("label", line.label);
    case "tagged":
      return put("tags", line.tags);
    case "asked":
      return put("asked", { at, why: line.why, question: line.question });
    case "answered": {
      const answered = put("answer", { at, outcome: line.outcome, inRow: line.inRow });
      return (line.detail !== undefined && put("detail", { at, detail: line.detail })) || answered;
    }
    case "opened":
      return put("openedAt", at);
    case "saved": {
      const { leaf, profile, files, key } = line;
      return put("saved", { at, leaf, profile, files, ...(key !== undefined && { key }) });
    }
    case "warned": {
      const { of, end, days } = line;
      return put(of === "term" ? "warnedOfTerm" : "warnedOfCertificate", { at, of, end, days });
    }
    case "watched":
      return put("watchedAt", at);
    case "look-armed":
      return put("look", { at, due: line.due });
    case "agreed":
      return put("agreedAt", at);
    case "code-entered":
      return put("codeSetAt", at);
    case "paused":
    case "resumed":
      return put("paused", line.type === "paused");
    case "archived":
    case "unarchived":
      return put("archived", line.type === "archived");
    case "muted":
    case "unmuted":
      return put("muted", line.type === "muted");
    case "unchanged":
      return false;
  }
}

function foldTracked(parts: OrderParts, line: Extract<JournalLine, { type: "tracked" }>): boolean {
  const { product, ca, account, reference, label, tags, at } = line;
  const first = parts.firstTrackedAt;
  if (first === undefined || at < first) parts.firstTrackedAt = at;
  const changes = [
    parts.firstTrackedAt !== first,
    assign(parts, "tracked", line, { product, ca, reference, ...(account !== undefined && { account }) }),
    assign(parts, "present", line, true),
    label !== undefined && assign(parts, "label", line, label),
    tags !== undefined && assign(parts, "tags", line, tags),
  ];
  return changes.includes(true);
}

function viewOf(id: OrderId, parts: OrderParts): Order | undefined {
  const { tracked, asked, answer } = parts;
  if (!tracked) return undefined;
  return (parts.view ??= {
    id,
    ...tracked.value,
    trackedAt: parts.firstTrackedAt ?? tracked.t,
    tags: parts.tags?.value ?? [],
    held: parts.held.map((each) => each.value),
    paused: parts.paused?.value === true,
    muted: parts.muted?.value === true,
    ...(parts.label?.value && { label: parts.label.value }),
    ...(asked && { asked: { ...asked.value, answered: answer !== undefined && isLater(answer, asked) } }),
    ...(answer && { answer: answer.value }),
    ...(parts.detail && { detail: parts.detail.value }),
    ...(parts.openedAt && { openedAt: parts.openedAt.value }),
    ...(parts.saved && { saved: parts.saved.value }),
    ...((parts.warnedOfCertificate ?? parts.warnedOfTerm) && {
      warned: [parts.warnedOfCertificate, parts.warnedOfTerm].flatMap((each) => each?.value ?? []),
    }),
    ...(parts.watchedAt && { watchedAt: parts.watchedAt.value }),
    ...(parts.look && { look: parts.look.value }),
    ...(parts.agreedAt && { agreedAt: parts.agreedAt.value }),
    ...(parts.codeSetAt && { codeSetAt: parts.codeSetAt.value }),
    ...(parts.archived && { archived: parts.archived.value }),
  });
}

/** Only what an account is: a line may carry more. */
function accountOf({ id, label, loginName, host, ca }: Omit<Account, "frozen">): Omit<Account, "frozen"> {
  return { id, label, loginName, host, ca };
}
