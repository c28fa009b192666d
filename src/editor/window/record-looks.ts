import { PRODUCT_FACTS } from "../../api/product";
import { isStoppedByCaa } from "../../orders/presentation/service-offers";
import type { Book } from "../../orders/journal/book";
import type { CaName, OrderId } from "../../orders/model/order";
import type { Clock, Disposable } from "../../orders/ports";
import { domainsToProve } from "../../orders/presentation/domains-to-prove";
import type { SeenRecords } from "../../orders/presentation/record-words";
import type { DomainLook, LookPlan } from "../../validation/look";
import type { LookPorts } from "../../validation/ports";
import type { SubjectDomain, ValidationSubject } from "../../validation/subject";
import type { FoundRequest } from "./found-request";
import type { KeptRecords, KeptRequest, RecordMemory } from "./record-memory";
import { isAllInPlace, seenRecords } from "./record-standing";
import { RecordWatches } from "./record-watches";
import { subjectKey, subjectNamed, type SubjectName } from "./subject-name";
import { chosenFrom, SubjectRequests, type SubjectRequestsParts } from "./subject-requests";

/** Whom a look asks. */
export interface LookNetwork {
  readonly ports: LookPorts;
  /** Who that is, and from where: for a person. */
  readonly asked: string;
}

/** Looks at domains. @param done called with each look as it ends; those of a cancelled run may be missing */
export type LookAtDomains = (
  plans: readonly LookPlan[],
  ports: LookPorts,
  signal: AbortSignal,
  done: (look: DomainLook) => void,
) => Promise<void>;

/** The parts of the looks; see `composition.ts`. */
export interface RecordLooksParts extends SubjectRequestsParts {
  readonly book: Pick<Book, "get" | "onDidChange">;
  readonly memory: RecordMemory;
  readonly clock: Clock;
  /** @param ca whose order it is, if it is of one. @throws SandboxStoppedError where the sandbox is not running */
  readonly network: (ca: CaName | undefined) => Promise<LookNetwork>;
  readonly look: LookAtDomains;
}

interface Run {
  done: number;
  readonly total: number;
  readonly ended: Promise<readonly DomainLook[]>;
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
  private readonly completed = new Set<(name: SubjectName) => void>();
  private readonly runs = new Map<string, Run>();
  private readonly watches: RecordWatches;
  /** Which request each subject is for. */
  readonly requests: SubjectRequests;
  private readonly following: Disposable;
  /** The requests in files that pages or commands are about, by URI. */
  private readonly files = new Map<string, readonly FoundRequest[]>();

  constructor(private readonly parts: RecordLooksParts) {
    const { book, memory, clock } = parts;
    this.requests = new SubjectRequests(parts, (key) => this.changed(key));
    this.watches = new RecordWatches(
      clock,
      (key) => this.lookForWatch(key),
      (key, isEnough) => this.watchEnded(key, isEnough),
    );
    const isGone = (key: string): boolean => {
      const name = subjectNamed(key);
      return "order" in name && book.get(name.order) === undefined;
    };
    this.following = book.onDidChange(({ structure }) => structure && memory.forget(isGone));
  }

  /** What an order's page shows; `undefined` once it waits for nothing that is to be published. */
  subject(order: OrderId): ValidationSubject | undefined {
    const found = this.parts.book.get(order);
    const key = subjectKey({ order });
    if (found === undefined) return undefined;
    const { caa: purpose } = PRODUCT_FACTS[found.product];
    const domains = domainsToProve(found);
    if (domains.length === 0) return undefined;
    // What proves control for mailboxes and marks is not made of the request.
    const request =
      purpose === "tls" ? this.requests.of(key, this.parts.memory.get(key)?.request, namesOf(domains)) : undefined;
    return { purpose, domains, ...(request !== undefined && { request }), ...this.standingOf(key) };
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

  /** Fires when a watch ends because everything is in place. */
  onDidComplete(listener: (name: SubjectName) => void): Disposable {
    this.completed.add(listener);
    return { dispose: () => this.completed.delete(listener) };
  }

  /** Notes which request an order is for, as a person says; what was seen for another one is forgotten. */
  choose(order: OrderId, request: KeptRequest): void {
    const key = subjectKey({ order });
    this.keep(key, { request, looks: [], inPlace: [] });
  }

  /**
   * Looks at every domain of a subject. One run at a time: whoever asks meanwhile waits for the same one.
   * @param report called with how many domains are done, of how many
   * @returns the looks; those that ended before it was cancelled
   * @throws SandboxStoppedError where the sandbox is to be asked and is not running
   */
  check(
    name: SubjectName,
    signal: AbortSignal,
    report: (done: number, total: number) => void = () => undefined,
  ): Promise<readonly DomainLook[]> {
    const key = subjectKey(name);
    const running = this.runs.get(key);
    if (running !== undefined) return running.ended;
    const total = this.subjectOf(name)?.domains.length ?? 0;
    if (total === 0) return Promise.resolve([]);
    const step = (): void => {
      run.done++;
      report(run.done, total);
      this.changed(key);
    };
    const run: Run = { done: 0, total, ended: Promise.resolve().then(() => this.run(name, signal, step)) };
    this.runs.set(key, run);
    this.changed(key);
    return run.ended;
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
    this.following.dispose();
    this.requests.dispose();
    this.listeners.clear();
    this.completed.clear();
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
  private standingOf(key: string): Pick<ValidationSubject, "looks" | "asked" | "watchedUntil" | "running"> {
    const { looks = [], asked } = this.parts.memory.get(key) ?? {};
    const watchedUntil = this.watches.until(key);
    const run = this.runs.get(key);
    return {
      looks: new Map(looks.map((look) => [look.domain, look])),
      ...(asked !== undefined && { asked }),
      ...(watchedUntil !== undefined && { watchedUntil }),
      ...(run !== undefined && { running: { done: run.done, total: run.total } }),
    };
  }

  private async run(name: SubjectName, signal: AbortSignal, step: () => void): Promise<readonly DomainLook[]> {
    const key = subjectKey(name);
    const ended: DomainLook[] = [];
    try {
      const { ports, asked } = await this.parts.network(
        "order" in name ? this.parts.book.get(name.order)?.ca : undefined,
      );
      const plans = await this.plansOf(name);
      await this.parts.look(plans, ports, signal, (look) => {
        // What is told of a run that was cancelled is not how things are.
        if (signal.aborted) return;
        ended.push(look);
        step();
      });
      if (ended.length > 0) this.note(key, ended, asked);
      return ended;
    } finally {
      this.runs.delete(key);
      this.changed(key);
    }
  }

  private async plansOf(name: SubjectName): Promise<readonly LookPlan[]> {
    const subject = this.subjectOf(name);
    if (subject === undefined) return [];
    const { purpose, domains, request } = subject;
    const order = "order" in name ? this.parts.book.get(name.order) : undefined;
    const isStopped = order !== undefined && isStoppedByCaa(order);
    const sought = request && (await this.requests.sought(request));
    const before = new Map(this.parts.memory.get(subjectKey(name))?.inPlace.map(({ domain, at }) => [domain, { at }]));
    return domains.map(({ domain, method }) => {
      const seen = before.get(domain);
      return {
        ...{ domain, purpose, isStoppedByCaa: isStopped },
        ...sought,
        ...(method !== undefined && { method }),
        ...(seen !== undefined && { before: seen }),
      };
    });
  }

  private note(key: string, ended: readonly DomainLook[], asked: string): void {
    const { looks = [], inPlace = [], request } = this.parts.memory.get(key) ?? {};
    const now = new Map(ended.map((look) => [look.domain, look]));
    const isThere = ({ cname, file }: DomainLook): boolean =>
      cname?.standing === "in-place" || file?.standing === "in-place";
    const there = ended.filter(isThere).map(({ domain, at }) => ({ domain, at }));
    this.keep(key, {
      looks: [...looks.filter(({ domain }) => !now.has(domain)), ...ended],
      asked,
      inPlace: [...inPlace.filter(({ domain }) => !there.some((each) => each.domain === domain)), ...there],
      ...(request !== undefined && { request }),
    });
  }

  private keep(key: string, kept: Omit<KeptRecords, "at">): void {
    this.parts.memory.set(key, { at: this.parts.clock.now(), ...kept });
    this.changed(key);
  }

  /** @returns whether everything is in place, or there is nothing left to be */
  private async lookForWatch(key: string): Promise<boolean> {
    const name = subjectNamed(key);
    await this.check(name, AbortSignal.timeout(LONGEST_LOOK));
    const subject = this.subjectOf(name);
    return subject === undefined || isAllInPlace(subject);
  }

  private watchEnded(key: string, isEnough: boolean): void {
    this.changed(key);
    const name = subjectNamed(key);
    if (!isEnough || this.subjectOf(name) === undefined) return;
    for (const listener of [...this.completed]) listener(name);
  }

  private changed(key: string): void {
    for (const listener of [...this.listeners]) listener(key);
  }
}

const namesOf = (domains: readonly SubjectDomain[]): readonly string[] => domains.map(({ domain }) => domain);
