import { PRODUCT_FACTS } from "../../api/product";
import type { Book } from "../../orders/journal/book";
import type { CaName, OrderId } from "../../orders/model/order";
import type { Clock, Disposable } from "../../orders/ports";
import { domainsToProve, isStoppedByCaa } from "../../orders/presentation/domains-to-prove";
import type { SeenRecords } from "../../orders/presentation/record-words";
import type { DomainLook, LookPlan } from "../../validation/look";
import type { LookPorts } from "../../validation/ports";
import type { ValidationSubject } from "../../validation/subject";
import { unlessAborted } from "../base/signals";
import type { FoundRequest } from "./found-request";
import type { LookNetwork } from "./look-network";
import { withLooks, type KeptRecords, type KeptRequest, type RecordMemory } from "./record-memory";
import { isAllInPlace, seenRecords } from "../../validation/record-standing";
import { RecordWatches } from "./record-watches";
import { subjectKey, subjectNamed, type SubjectName } from "./subject-name";
import { chosenFrom, SubjectRequests, type SubjectRequestsParts } from "./subject-requests";

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
  /** Aborted when what it sees is not wanted any more: its order is gone, or is for another request. */
  readonly over: AbortController;
  /** Aborted then, too, and when it is cancelled. */
  readonly signal: AbortSignal;
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
      (key, signal) => this.lookForWatch(key, signal),
      (key, isEnough) => this.watchEnded(key, isEnough),
    );
    const isGone = (key: string): boolean => {
      const name = subjectNamed(key);
      return "order" in name && book.get(name.order) === undefined;
    };
    this.following = book.onDidChange(({ structure }) => {
      if (!structure) return;
      for (const key of [...this.runs.keys()].filter(isGone)) this.drop(key);
      memory.forget(isGone);
    });
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
    const names = domains.map(({ domain }) => domain);
    const chosen = this.parts.memory.get(key)?.request;
    const request = purpose === "tls" ? this.requests.of(key, chosen, names) : undefined;
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

  /** Notes which request an order is for, as a person says; what was or is seen for another one is forgotten. */
  choose(order: OrderId, request: KeptRequest): void {
    const key = subjectKey({ order });
    this.drop(key);
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
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const ended = Promise.resolve().then(() => this.run(name, either, step));
    const run: Run = { done: 0, total, ended, signal: either, over };
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
    for (const key of [...this.runs.keys()]) this.drop(key);
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
      const ca = "order" in name ? this.parts.book.get(name.order)?.ca : undefined;
      // The search for requests in a large workspace takes its time; whoever cancels does not wait for it.
      const begun = await unlessAborted(Promise.all([this.parts.network(ca), this.plansOf(name)]), signal);
      if (begun === undefined) return [];
      const [{ ports, asked }, plans] = begun;
      await this.parts.look(plans, ports, signal, (look) => {
        // What is told of a run that was cancelled is not how things are.
        if (signal.aborted) return;
        ended.push(look);
        step();
      });
      // Dropped, or begun anew for another request.
      if (this.runs.get(key)?.signal !== signal) return [];
      if (ended.length > 0) this.keep(key, { ...withLooks(this.parts.memory.get(key), ended), asked });
      return ended;
    } finally {
      if (this.runs.get(key)?.signal === signal) this.runs.delete(key);
      this.changed(key);
    }
  }

  /** Ends a run whose answers are not wanted any more: they are not noted. */
  private drop(key: string): void {
    this.runs.get(key)?.over.abort();
    this.runs.delete(key);
  }

  private async plansOf(name: SubjectName): Promise<readonly LookPlan[]> {
    const subject = this.subjectOf(name);
    if (subject === undefined) return [];
    const { purpose, domains, request } = subject;
    const order = "order" in name ? this.parts.book.get(name.order) : undefined;
    const isStopped = order !== undefined && isStoppedByCaa(order);
    const sought = request && (await this.requests.sought(request));
    const before = new Map(
      this.parts.memory.get(subjectKey(name))?.inPlace.map(({ domain, ...seen }) => [domain, seen]),
    );
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

  private keep(key: string, kept: Omit<KeptRecords, "at">): void {
    this.parts.memory.set(key, { at: this.parts.clock.now(), ...kept });
    this.changed(key);
  }

  /** @returns whether everything is in place, or there is nothing left to be */
  private async lookForWatch(key: string, signal: AbortSignal): Promise<boolean> {
    const name = subjectNamed(key);
    const looks = await this.check(name, AbortSignal.any([signal, AbortSignal.timeout(LONGEST_LOOK)]));
    const subject = this.subjectOf(name);
    // A look that was given up says nothing of the domains that it did not come to.
    return subject === undefined || (looks.length >= subject.domains.length && isAllInPlace(subject));
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
