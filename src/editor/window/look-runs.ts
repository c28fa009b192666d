import type { DomainLook, LookPlan } from "../../validation/look";
import type { LookPorts } from "../../validation/ports";
import { unlessAborted } from "../base/unless-aborted";
import { NotAgreedError } from "./look-consent";
import type { LookNetwork } from "./look-network";
import { subjectKey, type SubjectName } from "./subject-name";

/** Looks at domains. @param done called with each look as it ends; those of a cancelled run may be missing */
export type LookAtDomains = (
  plans: readonly LookPlan[],
  ports: LookPorts,
  signal: AbortSignal,
  done: (look: DomainLook) => void,
) => Promise<void>;

export interface LookRunsParts {
  readonly look: LookAtDomains;
  /** Whom a run asks. @throws what {@link LookRuns.start} throws */
  readonly network: (name: SubjectName) => Promise<LookNetwork>;
  readonly plans: (name: SubjectName) => Promise<readonly LookPlan[]>;
  /** Called with what a run saw, if it is still wanted. @param asked whom, for a person */
  readonly ended: (key: string, looks: readonly DomainLook[], asked: string) => void;
  /** Called with the {@link subjectKey} of what began, went on or ended. */
  readonly changed: (key: string) => void;
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

/** The looks that are under way in this window, one for each order or file. */
export class LookRuns {
  private readonly runs = new Map<string, Run>();
  /** Of which the last run asked nobody: no person agreed to the servers that are set now. */
  private readonly notAgreed = new Set<string>();

  constructor(private readonly parts: LookRunsParts) {}

  get keys(): readonly string[] {
    return [...this.runs.keys()];
  }

  /** How far a run is; `undefined` if there is none. */
  progress(key: string): { readonly done: number; readonly total: number } | undefined {
    const run = this.runs.get(key);
    return run && { done: run.done, total: run.total };
  }

  /** Whether the last run asked nobody, since no person agreed to the servers that are set. */
  isNotAgreed(key: string): boolean {
    return this.notAgreed.has(key);
  }

  /**
   * One run at a time: whoever asks meanwhile waits for the same one.
   * @param total how many domains there are
   * @param report called with how many of them are done
   * @returns the looks; those that ended before it was cancelled
   * @throws SandboxStoppedError where the sandbox is to be asked and is not running; NotAgreedError
   */
  start(
    name: SubjectName,
    total: number,
    signal: AbortSignal,
    report: (done: number, total: number) => void,
  ): Promise<readonly DomainLook[]> {
    const key = subjectKey(name);
    const running = this.runs.get(key);
    if (running !== undefined) return running.ended;
    const step = (): void => {
      run.done++;
      report(run.done, total);
      this.parts.changed(key);
    };
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const ended = Promise.resolve().then(() => this.run(name, either, step));
    const run: Run = { done: 0, total, ended, signal: either, over };
    this.runs.set(key, run);
    this.notAgreed.delete(key);
    this.parts.changed(key);
    return run.ended;
  }

  /** Ends a run whose answers are not wanted any more: nobody is told of them. */
  drop(key: string): void {
    this.runs.get(key)?.over.abort();
    this.runs.delete(key);
  }

  private async run(name: SubjectName, signal: AbortSignal, step: () => void): Promise<readonly DomainLook[]> {
    const key = subjectKey(name);
    const { network, plans, look, changed } = this.parts;
    const seen: DomainLook[] = [];
    // Dropped, or begun anew for another request.
    const isWanted = (): boolean => this.runs.get(key)?.signal === signal;
    try {
      // The search for requests in a large workspace takes its time; whoever cancels does not wait for it.
      const begun = await unlessAborted(Promise.all([network(name), plans(name)]), signal);
      if (begun === undefined) return [];
      const [{ ports, asked }, planned] = begun;
      const looking = look(planned, ports, signal, (each) => {
        // What is told of a run that was cancelled is not how things are.
        if (signal.aborted) return;
        seen.push(each);
        step();
      });
      await unlessAborted(looking, signal);
      if (!isWanted()) return [];
      if (seen.length > 0) this.parts.ended(key, seen, asked);
      return seen;
    } catch (error) {
      if (error instanceof NotAgreedError && isWanted()) this.notAgreed.add(key);
      throw error;
    } finally {
      if (isWanted()) this.runs.delete(key);
      changed(key);
    }
  }
}
