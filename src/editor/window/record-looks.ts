import { PRODUCT_FACTS } from "../../api/product";
import type { Book } from "../../orders/journal/book";
import type { CaName, OrderId } from "../../orders/model/order";
import type { Clock, Disposable } from "../../orders/ports";
import { domainsToProve, isStoppedByCaa } from "../../orders/presentation/domains-to-prove";
import type { SeenRecords } from "../../orders/presentation/record-words";
import type { DomainLook, LookPlan } from "../../validation/look";
import { isAllInPlace, seenRecords } from "../../validation/record-standing";
import type { ChosenRequest, ValidationSubject } from "../../validation/subject";
import type { FoundRequest } from "./found-request";
import { NotAgreedError } from "./look-consent";
import type { LookNetwork } from "./look-network";
import { lookPlans } from "./look-plans";
import { LookRuns, type LookAtDomains } from "./look-runs";
import { withLooks, type KeptRecords, type KeptRequest, type RecordMemory } from "./record-memory";
import { subjectKey, subjectNamed, type SubjectName } from "./subject-name";
import { chosenFrom, SubjectRequests, type SubjectRequestsParts } from "./subject-requests";
import { RECORDS_PACE, Watches } from "./watches";

/** The parts of the looks; see `composition.ts`. */
export interface RecordLooksParts extends SubjectRequestsParts {
  readonly book: Pick<Book, "get" | "onDidChange">;
  readonly memory: RecordMemory;
  readonly clock: Clock;
  /** @param ca whose order it is, if it is of one. @throws SandboxStoppedError, NotAgreedError */
  readonly network: (ca: CaName | undefined) => Promise<LookNetwork>;
  readonly look: LookAtDomains;
}

/** A watch that ended, of what was watched. */
export interface EndedWatch {
  readonly name: SubjectName;
  /** `in-place`: everything is. `not-agreed`: the setting names servers that no person agreed to. */
  readonly why: "in-place" | "not-agreed";
}

/** Names of a request that are looked at: as many as an order has. */
const MAX_NAMES = 250;

/** ms after which a look of a watch is given up. */
const LONGEST_LOOK = 10 * 60_000;

/**
 * What is to be published for orders and requests, and what this window saw of it. Asks nobody by itself: commands do
 * once a person agreed, and a watch that a person began. Never asks the CA.
 */
export class RecordLooks implements Disposable {
  private readonly listeners = new Set<(key: string) => void>();
  private readonly watchListeners = new Set<(ended: EndedWatch) => void>();
  private readonly runs: LookRuns;
  private readonly watches: Watches<EndedWatch["why"]>;
  /** Which request each subject is for. */
  readonly requests: SubjectRequests;
  private readonly following: Disposable;
  /** The requests in files that pages or commands are about, by URI. */
  private readonly files = new Map<string, readonly FoundRequest[]>();

  constructor(private readonly parts: RecordLooksParts) {
    const { book, memory, clock } = parts;
    this.requests = new SubjectRequests(parts, (key) => this.changed(key));
    this.runs = new LookRuns({
      look: parts.look,
      network: (name) => parts.network("order" in name ? book.get(name.order)?.ca : undefined),
      plans: (name) => this.plansOf(name),
      ended: (key, looks, asked) => this.keep(key, { ...withLooks(memory.get(key), looks), asked }),
      changed: (key) => this.changed(key),
    });
    this.watches = new Watches(
      clock,
      RECORDS_PACE,
      (key, signal) => this.lookForWatch(key, signal),
      (key, last) => this.watchEnded(key, last),
    );
    const isGone = (key: string): boolean => {
      const name = subjectNamed(key);
      return "order" in name && book.get(name.order) === undefined;
    };
    this.following = book.onDidChange(({ structure }) => {
      if (!structure) return;
      for (const key of this.runs.keys.filter(isGone)) this.runs.drop(key);
      memory.forget(isGone);
    });
  }

  /** What an order's page shows; `undefined` once it waits for nothing that is to be published. */
  subject(order: OrderId): ValidationSubject | undefined {
    const request = this.requestFor(order, (...of) => this.requests.of(...of));
    return this.subjectFor(order, request);
  }

  /**
   * As {@link subject}, once it is found out which request fits.
   * @param mayRead whether files may be read for that; else only what a person chose counts
   */
  async settledSubject(order: OrderId, mayRead: boolean): Promise<ValidationSubject | undefined> {
    const request = this.requestFor<ChosenRequest | undefined | Promise<ChosenRequest | undefined>>(
      order,
      (key, chosen, names) => (mayRead ? this.requests.settled(key, chosen, names) : chosen),
    );
    return this.subjectFor(order, await request);
  }

  /** What proves control for mailboxes and marks is not made of the request. */
  private requestFor<T>(
    order: OrderId,
    find: (key: string, chosen: KeptRequest | undefined, names: readonly string[]) => T,
  ): T | undefined {
    const found = this.parts.book.get(order);
    if (found === undefined || PRODUCT_FACTS[found.product].caa !== "tls") return undefined;
    const names = domainsToProve(found).map(({ domain }) => domain);
    const key = subjectKey({ order });
    return names.length === 0 ? undefined : find(key, this.parts.memory.get(key)?.request, names);
  }

  private subjectFor(order: OrderId, request: ChosenRequest | undefined): ValidationSubject | undefined {
    const found = this.parts.book.get(order);
    const domains = found === undefined ? [] : domainsToProve(found);
    if (found === undefined || domains.length === 0) return undefined;
    const { caa: purpose } = PRODUCT_FACTS[found.product];
    return { purpose, domains, ...(request !== undefined && { request }), ...this.standingOf(subjectKey({ order })) };
  }

  /** What the page of a file shows; `undefined` if there is no certificate request in it. */
  async fileSubject(file: string): Promise<ValidationSubject | undefined> {
    this.files.set(file, await this.parts.requests.read(file));
    return this.subjectOfFile(file);
  }

  /** As {@link subject} and {@link fileSubject}; of a file, what was read last. */
  subjectOf(name: SubjectName): ValidationSubject | undefined {
    return "order" in name ? this.subject(name.order) : this.subjectOfFile(name.file);
  }

  /** What the last look at an order's domains saw, in short. */
  seen(order: OrderId): readonly SeenRecords[] {
    const found = this.parts.book.get(order);
    const { looks } = this.standingOf(subjectKey({ order }));
    return found === undefined || looks.size === 0 ? [] : seenRecords({ domains: domainsToProve(found), looks });
  }

  /** Fires with the {@link subjectKey} of what changed. */
  onDidChange(listener: (key: string) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Fires when a watch ends, for a reason that is worth a word. */
  onDidEndWatch(listener: (ended: EndedWatch) => void): Disposable {
    this.watchListeners.add(listener);
    return { dispose: () => this.watchListeners.delete(listener) };
  }

  /** Notes which request an order is for, as a person says; what was or is seen for another one is forgotten. */
  choose(order: OrderId, request: KeptRequest): void {
    const key = subjectKey({ order });
    this.runs.drop(key);
    this.keep(key, { request, looks: [], inPlace: [] });
  }

  /**
   * Looks at every domain of a subject. One run at a time: whoever asks meanwhile waits for the same one.
   * @param report called with how many domains are done, of how many
   * @returns the looks; those that ended before it was cancelled
   * @throws SandboxStoppedError where the sandbox is to be asked and is not running; NotAgreedError
   */
  check(
    name: SubjectName,
    signal: AbortSignal,
    report: (done: number, total: number) => void = () => undefined,
  ): Promise<readonly DomainLook[]> {
    const total = this.subjectOf(name)?.domains.length ?? 0;
    return total === 0 ? Promise.resolve([]) : this.runs.start(name, total, signal, report);
  }

  /** Looks again and again for a day. @returns until when, epoch ms */
  watch(name: SubjectName): number {
    const until = this.watches.start(subjectKey(name));
    this.changed(subjectKey(name));
    return until;
  }

  /** Ends {@link watch}. @returns whether it was watched */
  stopWatching(name: SubjectName): boolean {
    const was = this.watches.stop(subjectKey(name));
    if (was) this.changed(subjectKey(name));
    return was;
  }

  isWatched(name: SubjectName): boolean {
    return this.watches.until(subjectKey(name)) !== undefined;
  }

  dispose(): void {
    this.watches.dispose();
    for (const key of this.runs.keys) this.runs.drop(key);
    this.following.dispose();
    this.requests.dispose();
    this.listeners.clear();
    this.watchListeners.clear();
  }

  private subjectOfFile(file: string): ValidationSubject | undefined {
    const [request] = this.files.get(file) ?? [];
    if (request === undefined) return undefined;
    const key = subjectKey({ file });
    const isOfMailboxes = request.names.length > 0 && request.names.every((name) => name.includes("@"));
    const domains = [...new Set(request.names.map((name) => name.slice(name.lastIndexOf("@") + 1)))];
    const chosen = chosenFrom(request);
    return {
      purpose: isOfMailboxes ? "smime" : "tls",
      domains: domains.slice(0, MAX_NAMES).map((domain) => ({ domain })),
      ...(!isOfMailboxes && { request: this.requests.of(key, chosen, domains) ?? chosen }),
      ...this.standingOf(key),
    };
  }

  /** What does not depend on the order. */
  private standingOf(
    key: string,
  ): Pick<ValidationSubject, "looks" | "asked" | "watchedUntil" | "running" | "isNotAgreed"> {
    const { looks = [], asked } = this.parts.memory.get(key) ?? {};
    const watchedUntil = this.watches.until(key);
    const running = this.runs.progress(key);
    return {
      looks: new Map(looks.map((look) => [look.domain, look])),
      ...(asked !== undefined && { asked }),
      ...(watchedUntil !== undefined && { watchedUntil }),
      ...(running !== undefined && { running }),
      ...(this.runs.isNotAgreed(key) && { isNotAgreed: true }),
    };
  }

  private async plansOf(name: SubjectName): Promise<readonly LookPlan[]> {
    const subject = this.subjectOf(name);
    if (subject === undefined) return [];
    const order = "order" in name ? this.parts.book.get(name.order) : undefined;
    const sought = subject.request && (await this.requests.sought(subject.request));
    const { inPlace = [] } = this.parts.memory.get(subjectKey(name)) ?? {};
    return lookPlans(subject, sought, inPlace, order !== undefined && isStoppedByCaa(order));
  }

  private keep(key: string, kept: Omit<KeptRecords, "at">): void {
    this.parts.memory.set(key, { at: this.parts.clock.now(), ...kept });
    this.changed(key);
  }

  /** @returns `in-place`, too, where there is nothing left to be */
  private async lookForWatch(key: string, signal: AbortSignal): Promise<EndedWatch["why"] | "go-on"> {
    const name = subjectNamed(key);
    const ends = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_LOOK)]);
    const looks = await this.check(name, ends).catch((error: unknown) => {
      if (error instanceof NotAgreedError) return "not-agreed" as const;
      throw error;
    });
    if (looks === "not-agreed") return looks;
    const subject = this.subjectOf(name);
    if (subject === undefined) return "in-place";
    // A look that was given up says nothing of the domains that it did not come to.
    return looks.length >= subject.domains.length && isAllInPlace(subject) ? "in-place" : "go-on";
  }

  private watchEnded(key: string, last: EndedWatch["why"] | "go-on"): void {
    this.changed(key);
    const name = subjectNamed(key);
    if (last === "go-on" || this.subjectOf(name) === undefined) return;
    for (const listener of [...this.watchListeners]) listener({ name, why: last });
  }

  private changed(key: string): void {
    for (const listener of [...this.listeners]) listener(key);
  }
}
