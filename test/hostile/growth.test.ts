import assert from "node:assert/strict";
import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { READERS } from "../fuzz/readers";
import { StepCounter } from "../fuzz/steps";

/** Bytes of the inputs, each twice as long as the one before. */
const SIZES = [4, 8, 16].map((kilobytes) => kilobytes * 1024);
/** Steps for a byte of a larger input, at most, times those for one of the input before it; 1 is linear. */
const GROWTH = 1.2;
/** Steps that do not depend on the input. */
const CONSTANT = 3000;
/**
 * Steps for a byte: a block of our code is run in some ten nanoseconds, so that 2 MB take a second or two at most, in
 * the thread that reads.
 */
const MOST = 60;

/** Steps of a reader for the inputs of each family. */
interface Measured {
  readonly family: string;
  readonly bytes: readonly number[];
  readonly steps: readonly number[];
}

type Steps = Readonly<Record<string, readonly Measured[]>>;

if (isMainThread) define();
else void measure().then((steps) => parentPort?.postMessage(steps));

/** In a thread of its own, where nothing of the readers has run before. */
async function measure(): Promise<Steps> {
  const counter = new StepCounter(__filename);
  const steps: Record<string, Measured[]> = {};
  for (const { name, read, families } of READERS) {
    const all = Object.values(families).map((make) => SIZES.map(make));
    // What is computed once, tables and the like, is computed before.
    for (const [first = Buffer.alloc(0)] of all) await read(first);
    const counts = await counter.countEach(all.flat().map((input) => () => read(input)));
    steps[name] = Object.keys(families).map((family, index) => ({
      family,
      bytes: (all[index] ?? []).map(({ length }) => length),
      steps: counts.slice(index * SIZES.length, (index + 1) * SIZES.length),
    }));
  }
  counter.stop();
  return steps;
}

function define(): void {
  describe("whatever a stranger wrote, the work to read it grows in proportion", function () {
    this.timeout(180_000);

    // It works beside the tests of this thread, from the beginning on.
    const worker = new Worker(__filename);
    worker.unref();
    const measuring = once(worker, "message") as Promise<[Steps]>;

    let steps: Steps;
    before(async () => ([steps] = await measuring));

    for (const { name, families } of READERS)
      it(name, () => {
        const measured = steps[name] ?? [];
        assert.equal(measured.length, Object.keys(families).length);
        const faults = measured.filter((each) => grows(each) || isMuch(each));
        assert.deepEqual(faults, []);
      });

    it("is counted at all", () => {
      const [single = 0, , large = 0] = steps.page?.find(({ family }) => family === "many names")?.steps ?? [];
      assert.ok(single > 1000 && large > 3 * single, `${single} and ${large}`);
    });
  });
}

/** Whether it grows faster than its input from each size to the next: once may be a threshold. */
function grows({ bytes, steps }: Measured): boolean {
  return steps.slice(1).every((count, index) => {
    // A file may have a part that does not grow, while what it says of itself does.
    const times = Math.max(2, (bytes[index + 1] ?? 0) / (bytes[index] ?? 1));
    return count > (steps[index] ?? 0) * times * GROWTH + CONSTANT;
  });
}

const isMuch = ({ bytes, steps }: Measured): boolean =>
  steps.some((count, index) => count > MOST * (bytes[index] ?? 0) + 20 * CONSTANT);
