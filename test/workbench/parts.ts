/** One of several parts of a lane, counted from 1. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** What a file weighs that has no entry below, seconds. */
const LIGHT = 0.05;

/**
 * About how long the longest test files take, seconds, by their path below `test`. The balance of the parts rests on
 * it, and nothing else.
 */
export const SECONDS: Readonly<Record<string, number>> = {
  "unit/certificates/exports/pkcs12.test.js": 2.9,
  "unit/strangers/key-finding.test.js": 2.5,
  "unit/api/masking.test.js": 2.4,
  "unit/reading/reading-thread.test.js": 2.4,
  "unit/sandbox/stories.test.js": 1.8,
  "unit/net/going-wrong.test.js": 1.5,
  "unit/web/same-readers.test.js": 8,
  "unit/web/stand-ins.test.js": 3,
  "unit/editor/accounts.test.js": 1.4,
  "unit/certificates/checks/findings.test.js": 1.2,
  "unit/storage/generations.test.js": 1.1,
  "unit/certificates/zip.test.js": 1,
  "unit/workbench/lint-rules.test.js": 1,
  "unit/editor/translations.test.js": 0.9,
  "unit/storage/journal.test.js": 0.9,
  "unit/workbench/arrows.test.js": 0.9,
  "unit/certificates/key-recognition.test.js": 0.8,
  "unit/sandbox/chains.test.js": 0.8,
  "unit/strangers/same-keys.test.js": 0.8,
  "unit/certificates/transparency/timestamps.test.js": 0.7,
  "unit/certificates/chain.test.js": 0.7,
  "unit/editor/answers.test.js": 0.7,
  "unit/editor/certificate-tools.test.js": 0.7,
  "unit/orders/credentials.test.js": 0.7,
  "unit/orders/next-action.test.js": 0.3,
  "unit/orders/order-file.test.js": 0.7,
  "unit/orders/parse-orders.test.js": 0.7,
  "unit/strangers/chain-in-force.test.js": 0.7,
  "unit/strangers/passphrases.test.js": 0.7,
  "unit/api/client.test.js": 0.6,
  "unit/api/curl-line.test.js": 0.4,
  "unit/orders/poller.test.js": 0.6,
  "unit/sandbox/answers.test.js": 0.6,
  "unit/strangers/pasted-orders.test.js": 0.6,
  "unit/api/response.test.js": 0.5,
  "unit/editor/agent-answer.test.js": 0.4,
  "unit/certificates/details.test.js": 0.5,
  "unit/certificates/exports/files.test.js": 0.5,
  "unit/storage/line-bounds.test.js": 0.5,
  "unit/strangers/damaged-fields.test.js": 0.5,
  "unit/strangers/random-hierarchies.test.js": 0.5,
  "unit/workbench/house.test.js": 0.5,
  "unit/workbench/documents.test.js": 0.7,
  "unit/certificates/checks/name-constraints.test.js": 0.4,
  "unit/certificates/knowledge/log-list-file.test.js": 0.5,
  "unit/certificates/knowledge/authorities-file.test.js": 0.2,
  "unit/certificates/knowledge/renewed.test.js": 0.3,
  "unit/shape/delimited-rows.test.js": 0.1,
  "unit/certificates/hierarchy/outlook.test.js": 0.4,
  "unit/net/connection-test.test.js": 0.4,
  "unit/net/start-tls.test.js": 0.6,
  "unit/orders/served.test.js": 0.1,
  "unit/editor/serving/host-watches.test.js": 0.1,
  "unit/editor/serving/served-reports.test.js": 0.1,
  "unit/orders/collapse.test.js": 0.4,
  "unit/reading/analysis.test.js": 0.4,
  "unit/storage/socket-exclusive.test.js": 0.4,
  "unit/reading/knowledge-file.test.js": 0.8,
  "unit/reading/file-facts.test.js": 0.2,
  "unit/storage/kept-inventory.test.js": 0.2,
  "e2e/served.test.js": 75,
  "e2e/collect-all.test.js": 32,
  "e2e/months.test.js": 18,
  "e2e/inventory.test.js": 45,
  "e2e/copy-and-drop.test.js": 20,
  "e2e/journey.test.js": 125,
  "e2e/two-windows.test.js": 95,
  "e2e/certificates.test.js": 125,
  "e2e/details.test.js": 90,
  "e2e/row-commands.test.js": 75,
  "e2e/restricted-mode.test.js": 75,
  "e2e/many-orders.test.js": 65,
  "e2e/find-orders.test.js": 70,
  "e2e/validation-records.test.js": 85,
  "e2e/what-ca-waits-for.test.js": 65,
  "e2e/watch-by-report.test.js": 60,
  "e2e/accounts.test.js": 55,
  "e2e/saving.test.js": 50,
  "e2e/after-saving.test.js": 30,
  "e2e/walkthrough.test.js": 50,
  "e2e/telemetry.test.js": 40,
  "e2e/outage.test.js": 45,
  "e2e/trouble.test.js": 40,
  "e2e/order-file.test.js": 35,
  "e2e/checks-switched-off.test.js": 30,
  "e2e/appearance.test.js": 30,
  "e2e/german.test.js": 25,
  "e2e/languages.test.js": 100,
  "e2e/knowledge.test.js": 25,
  "e2e/agents.test.js": 25,
  "e2e/window.test.js": 15,
  "hostile/watch-by-report.test.js": 30,
  "hostile/echoes.test.js": 16,
  "hostile/private-keys.test.js": 14,
  "hostile/growth.test.js": 13,
  "hostile/mutations.test.js": 10,
  "hostile/strangers-work.test.js": 9,
  "hostile/dear-keys.test.js": 5,
  "hostile/mutated-certificates.test.js": 5,
  "hostile/busy-texts.test.js": 4,
  "hostile/known-secrets.test.js": 3,
  "hostile/legal-calls.test.js": 2,
  "hostile/limits.test.js": 2,
  "hostile/pkcs12-work.test.js": 2,
  "hostile/lockout.test.js": 1.5,
  "hostile/robustness.test.js": 1,
};

/** @returns the part that a text like "1/2" names; undefined when it names none */
export function parsePart(text: string): Part | undefined {
  const [, number, of] = (/^(\d)\/(\d)$/.exec(text) ?? []).map(Number);
  return number !== undefined && of !== undefined && number >= 1 && number <= of ? { number, of } : undefined;
}

/**
 * The files of one part. Each file is in exactly one, in the same one on each machine, and the parts take about the
 * same time: the longest file first goes to the part that has least.
 *
 * @param seconds how long a file takes
 * @returns in the order in which they were given
 */
export function filesOf(
  part: Part,
  files: readonly string[],
  seconds = (file: string) => SECONDS[file] ?? LIGHT,
): string[] {
  const parts = Array.from({ length: part.of }, () => ({ seconds: 0, files: new Set<string>() }));
  for (const file of [...files].sort((a, b) => seconds(b) - seconds(a))) {
    const least = parts.reduce((one, other) => (other.seconds < one.seconds ? other : one));
    least.files.add(file);
    least.seconds += seconds(file);
  }
  const ours = parts[part.number - 1];
  return files.filter((file) => ours?.files.has(file));
}
