// Reading an answer of 1 MB, in every form, against decoding the same bytes as base64 and scanning them once with a
// regular expression: `node out/bench/parse.bench.js`. Ends with 1 when a form is over its budget or not linear.
import { readSaved } from "../src/api/saved";
import { makeAnswers } from "./answers";
import { fastest } from "./stopwatch";

/** Times both baselines together. */
const BUDGET = 4;
/** Times the time of half the bytes; 2 is linear, the rest is noise. */
const LINEAR = 3;

const MEGABYTE = 1024 * 1024;

/** Looks at each character of base64 text once, and finds nothing. */
const SCAN = /[^A-Za-z0-9+/=\s%&_,."#;-]/g;

async function main(): Promise<boolean> {
  const [half, whole] = [await makeAnswers(MEGABYTE / 2), await makeAnswers(MEGABYTE)];
  let good = true;
  console.log(
    `${whole.certificates.length} certificates; time, times both baselines (budget ${BUDGET}), times half the bytes`,
  );
  for (const [name, body] of Object.entries(whole.bodies)) {
    const smaller = half.bodies[name] ?? body;
    const result = readSaved(body);
    if (result.kind !== "issued" || result.certificates.length !== whole.certificates.length) {
      throw new Error(`${name}: ${JSON.stringify(result).slice(0, 300)}`);
    }
    const text = Buffer.from(body).toString("latin1");
    const time = fastest({
      read: () => readSaved(body),
      readHalf: () => readSaved(smaller),
      base64: () => Buffer.from(text, "base64"),
      scan: () => text.replace(SCAN, "").length,
    });
    const ratio = time.read / (time.base64 + time.scan);
    const growth = time.read / time.readHalf;
    // Binary answers hold nothing to decode or scan: their figure is for information.
    const over = !name.startsWith("binary") && (ratio > BUDGET || growth > LINEAR);
    good &&= !over;
    console.log(
      [
        name.padEnd(36),
        `${time.read.toFixed(2)} ms`.padStart(10),
        `${ratio.toFixed(2)}×`.padStart(8),
        `${growth.toFixed(2)}×`.padStart(8),
        over ? "  over budget" : "",
      ].join(""),
    );
  }
  return good;
}

main().then(
  (good) => {
    process.exitCode = good ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
