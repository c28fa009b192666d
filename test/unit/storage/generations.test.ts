import assert from "node:assert/strict";
import { claim, type Generations } from "../../../src/storage/generations";
import { Random } from "../../fuzz/random";

/** Processes of a run, how often each tries, and runs of a test. */
const PROCESSES = 5;
const ATTEMPTS = 3;
const RUNS = 10_000;

/** A fault built into the folder, to see that the test notices. */
type Mutation = "no second look" | "published twice" | "bound before it listens" | "highest removed" | "dead for alive";

describe("generations of a lock", () => {
  it("have one holder at most, in any order of steps, with processes that die and that stop for long", async () => {
    let holdings = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const run = new Run(seed);
      await run.all();
      assert.equal(run.overlaps, 0, `seed ${seed}`);
      holdings += run.holdings;
      // Whatever the others left behind, and wherever they died.
      assert.ok(await claim(run.folder()), `seed ${seed}`);
    }
    assert.ok(holdings > RUNS);
  });

  const mutations: readonly Mutation[] = [
    "no second look",
    "published twice",
    "bound before it listens",
    "highest removed",
    "dead for alive",
  ];
  for (const mutation of mutations) {
    it(`would be seen to have two with the fault: ${mutation}`, async () => {
      let overlaps = 0;
      for (let seed = 1; seed <= RUNS && overlaps === 0; seed++) {
        const run = new Run(seed, mutation);
        await run.all();
        overlaps += run.overlaps;
      }
      assert.notEqual(overlaps, 0);
    });
  }

  it("leave nothing listening when a step fails", async () => {
    const run = new Run(1);
    const folder = run.folder();
    let looks = 0;
    folder.list = () => (++looks === 2 ? Promise.reject(new Error("no more handles")) : Promise.resolve([]));
    await assert.rejects(claim(folder), /no more handles/);
    assert.deepEqual([...run.published.values()], [{ listens: false }]);
  });
});

interface Socket {
  listens: boolean;
}

class Process {
  readonly sockets: Socket[] = [];
  /** Set while it waits for its next step. */
  step: (() => void) | undefined;
  isDone = false;
  isHolder = false;

  die(): void {
    this.isDone = true;
    this.isHolder = false;
    for (const socket of this.sockets) socket.listens = false;
  }
}

/**
 * Some processes and one folder in memory. Which of them takes the next step is drawn, so that some stand still while
 * others come and go, and some die.
 */
class Run {
  readonly published = new Map<number, Socket>();
  overlaps = 0;
  holdings = 0;
  private steps = 0;

  private readonly random: Random;

  constructor(
    seed: number,
    private readonly mutation?: Mutation,
  ) {
    this.random = new Random(seed);
  }

  async all(): Promise<void> {
    const processes = Array.from({ length: PROCESSES }, () => new Process());
    const deaths = new Set(Array.from({ length: 3 }, () => this.random.below(30)));
    // How often another goes on, and so how long the rest stand still.
    const restlessness = 2 + this.random.below(20);
    const living = Promise.all(processes.map((process) => this.live(process)));
    let next: Process | undefined;
    for (let count = 0; ; count++) {
      await settled(() => processes.every((process) => process.isDone || process.step));
      const going = processes.filter((process) => !process.isDone);
      if (going.length === 0) break;
      if (!next || next.isDone || this.random.below(restlessness) === 0) next = this.random.pick(going);
      if (deaths.has(count)) next?.die();
      const step = next?.step;
      if (next) next.step = undefined;
      step?.();
    }
    await living;
  }

  /** The folder as a process sees it, whose steps wait until they are drawn; without one, steps go on at once. */
  folder(process?: Process): Generations<{ dispose(): void }> {
    const step = async () => void (process && (await this.step(process)));
    let mine = 0;
    return {
      list: async () => {
        await step();
        if (this.mutation === "no second look" && mine > 0) return [mine];
        return [...this.published.keys()];
      },
      look: async (generation) => {
        await step();
        const socket = this.published.get(generation);
        if (!socket) return "gone";
        return socket.listens && this.mutation !== "dead for alive" ? "alive" : "dead";
      },
      publish: async (generation) => {
        await step();
        if (this.published.has(generation) && this.mutation !== "published twice") return undefined;
        const socket = { listens: this.mutation !== "bound before it listens" };
        process?.sockets.push(socket);
        this.published.set((mine = generation), socket);
        if (!socket.listens) {
          await step();
          socket.listens = true;
        }
        const dispose = () => {
          // The dead tidy nothing up.
          if (process?.isDone) return;
          socket.listens = false;
          mine = 0;
          if (this.mutation === "highest removed") this.published.delete(generation);
        };
        return { dispose };
      },
      sweep: async (below) => {
        for (const generation of [...this.published.keys()].filter((each) => each < below)) {
          await step();
          this.published.delete(generation);
        }
      },
    };
  }

  private async live(process: Process): Promise<void> {
    const folder = this.folder(process);
    for (let attempt = 0; attempt < ATTEMPTS && !process.isDone; attempt++) {
      const holding = await claim(folder).catch(() => undefined);
      if (!holding || process.isDone) continue;
      if (this.isHeld) this.overlaps++;
      this.holders.add(process);
      this.holdings++;
      process.isHolder = true;
      await this.step(process).catch(() => undefined);
      process.isHolder = false;
      holding.dispose();
    }
    process.isDone = true;
  }

  private readonly holders = new Set<Process>();

  private get isHeld(): boolean {
    return [...this.holders].some((process) => process.isHolder);
  }

  private async step(process: Process): Promise<void> {
    if (process.isDone) throw new Error("It is dead.");
    await new Promise<void>((resolve) => (process.step = resolve));
    if (process.isDone) throw new Error("It died.");
    assert.ok(++this.steps < 10_000, "nobody gets on");
  }
}

/** Lets promises go on until something holds. */
async function settled(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await Promise.resolve();
}
