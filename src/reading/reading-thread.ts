import { Worker } from "node:worker_threads";
import type { Clock, Disposable } from "../orders/ports";
import { MutableDisposable } from "../orders/mutable-disposable";
import { phrase, sentences, type Phrase } from "../words/phrase";
import { saidBy, SaidError } from "../words/said-error";
import type { TaskError } from "./task-error";
import type { TaskReply, Tasks } from "./tasks";

export type TaskName = keyof Tasks;
/** Arguments and result of a task; they are passed by structured clone. */
export type TaskInput<K extends TaskName> = Parameters<Tasks[K]>[0];
export type TaskOutput<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>;

/**
 * `too-long`, `too-large`: it was stopped after more time, or memory, than any honest input takes. `cancelled`: the
 * caller does not wait any longer. `code-missing`: a file of the extension is gone, since it was updated. `failed`: the
 * thread could not be started, or ended. Any other code is that of the error inside the task.
 */
export class ReadingError extends SaidError {
  override readonly name = "ReadingError";

  constructor(
    readonly code: string,
    said: Phrase | string,
  ) {
    super(said);
  }
}

/**
 * ms of one task. A page of the largest file takes one second; PKCS #12 files of millions of rounds take half a
 * minute.
 */
const LONGEST = 90_000;
/** ms without a task after which the thread ends, because it uses about 20 MB. */
const IDLE = 60_000;
/** Megabytes of the thread's heap. The largest file takes 300. */
const MEMORY = 1024;

/** For whom a thread reads. */
export interface ReadingFor {
  /** The folder of this user, where renewed knowledge is kept; by default there is none. */
  readonly storage?: string;
  /** A BCP 47 tag: the language of what it says; English by default. */
  readonly language?: string;
}

interface Job {
  readonly task: TaskName;
  readonly input: unknown;
  readonly resolve: (output: never) => void;
  readonly reject: (error: Error) => void;
  /** Ends with it: what listens for a cancellation. */
  readonly listening: MutableDisposable;
}

/**
 * Reads strangers' input in a thread of its own, one task after the other, so that no input can block the editor's
 * thread. The thread is started for the first task and ends after a while without tasks; a task that is cancelled or
 * takes too long ends with its thread.
 */
export class ReadingThread implements Disposable {
  private worker: Worker | undefined;
  private running: Job | undefined;
  private readonly queue: Job[] = [];
  /** The timer that ends the running task, or the idle thread. */
  private readonly limit = new MutableDisposable();
  private ended = false;

  /**
   * @param script the file of the thread's program, `dist/reading.js`
   * @param reader for whom it reads
   */
  constructor(
    private readonly script: string,
    private readonly clock: Pick<Clock, "after">,
    private readonly reader: ReadingFor = {},
  ) {}

  /** Whether a task is under way: another one would wait for it. */
  get isBusy(): boolean {
    return this.running !== undefined;
  }

  /** @throws ReadingError, also with the code of an error inside the task */
  run<K extends TaskName>(task: K, input: TaskInput<K>, signal?: AbortSignal): Promise<TaskOutput<K>> {
    return new Promise((resolve, reject) => {
      const job: Job = { task, input, resolve, reject, listening: new MutableDisposable() };
      if (this.ended || signal?.aborted === true) {
        reject(cancelled());
        return;
      }
      if (signal !== undefined) {
        const cancel = () => this.cancel(job);
        signal.addEventListener("abort", cancel);
        job.listening.value = { dispose: () => signal.removeEventListener("abort", cancel) };
      }
      this.queue.push(job);
      this.next();
    });
  }

  dispose(): void {
    this.ended = true;
    for (const job of this.queue.splice(0)) settle(job, cancelled());
    this.stop(cancelled());
    this.limit.dispose();
  }

  private cancel(job: Job): void {
    const place = this.queue.indexOf(job);
    if (place >= 0) {
      this.queue.splice(place, 1);
      settle(job, cancelled());
    } else if (this.running === job) {
      this.stop(cancelled());
    }
  }

  private next(): void {
    if (this.running !== undefined) return;
    const job = this.queue.shift();
    if (job === undefined) {
      this.limit.value = this.worker && this.clock.after(IDLE, () => this.stop(cancelled()));
      return;
    }
    this.running = job;
    this.limit.value = this.clock.after(LONGEST, () => this.stop(tooLong()));
    try {
      this.worker ??= this.start();
      this.worker.postMessage({ task: job.task, input: job.input });
    } catch (error) {
      this.stop(failed(error));
    }
  }

  private start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: MEMORY };
    const worker = new Worker(this.script, { resourceLimits, workerData: this.reader });
    // The editor may end while something is read.
    worker.unref();
    const isCurrent = () => this.worker === worker;
    worker.on("message", (answer: TaskReply) => isCurrent() && this.answered(answer));
    worker.on("error", (error) => isCurrent() && this.stop(failed(error)));
    worker.on("exit", () => isCurrent() && this.stop(failed(undefined)));
    return worker;
  }

  private answered(answer: TaskReply): void {
    const job = this.running;
    this.running = undefined;
    if (job !== undefined) settle(job, answer);
    this.next();
  }

  /** Ends the thread and its task. Waiting tasks continue in another thread. */
  private stop(error: ReadingError): void {
    const { worker, running } = this;
    this.worker = undefined;
    this.running = undefined;
    void worker?.terminate();
    if (running !== undefined) settle(running, error);
    this.next();
  }
}

function settle(job: Job, answer: TaskReply | ReadingError): void {
  job.listening.dispose();
  if (answer instanceof ReadingError) job.reject(answer);
  else if ("error" in answer) job.reject(thrown(answer.error));
  else job.resolve(answer.output as never);
}

function thrown({ code, said, stack }: TaskError): Error {
  if (isOfMissingCode(code)) return codeMissing();
  return code === undefined ? Object.assign(new SaidError(said), { stack }) : new ReadingError(code, said);
}

const cancelled = (): ReadingError => new ReadingError("cancelled", phrase("It was cancelled."));

const tooLong = (): ReadingError =>
  new ReadingError(
    "too-long",
    phrase(
      "Reading it took longer than {0} seconds and was stopped: it may be made to keep programs busy.",
      LONGEST / 1000,
    ),
  );

/** Whether an engine's error is that code could not be loaded. */
const isOfMissingCode = (code: unknown): boolean => code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";

/** The thread's own files; what tells a person offers the reload. */
const codeMissing = (): ReadingError =>
  new ReadingError("code-missing", phrase("The extension was updated. Reload the window to continue."));

const FAILED = phrase("Reading it failed.");

function failed(error: unknown): ReadingError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (isOfMissingCode(code)) return codeMissing();
  return code === "ERR_WORKER_OUT_OF_MEMORY"
    ? new ReadingError("too-large", phrase("Reading it took more memory than allowed and was stopped."))
    : new ReadingError("failed", error === undefined ? FAILED : phrase("{0}", sentences(FAILED, saidBy(error))));
}
