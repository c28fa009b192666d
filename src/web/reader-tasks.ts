import { certificatesJson } from "../certificates/exports/json";
import { membersOf } from "../certificates/exports/parts";
import { chainText } from "../certificates/exports/text";
import { knownAuthorities } from "../certificates/knowledge/in-use";
import { readTextBlocks } from "../certificates/text-blocks";
import { orderChain } from "../certificates/x509/chain";
import { analyze, chainIn } from "../reading/analysis";
import { problemsOf } from "../reading/document-problems";
import { compareInWords } from "../reading/file-words";
import { taskError } from "../reading/task-error";
import type { PublicExport, TaskReply, TaskRequest, Tasks } from "../reading/tasks";

/** The tasks of the thread that a browser has, too. */
const TASKS: Partial<Tasks> = {
  analyze,
  chain: chainIn,
  textBlocks: (text) => Promise.resolve(readTextBlocks(text)),
  problems: problemsOf,
  compareFiles: ({ before, after }) => Promise.resolve(compareInWords(before, after)),
  exportPublic: exportWords,
};

/** A chain as text or JSON, all of it. @throws Error for any other form */
async function exportWords({ chain, form, now }: PublicExport): Promise<Uint8Array> {
  const { path } = orderChain(chain, { now, authorities: await knownAuthorities() });
  const certificates = membersOf(path, "fullchain-root").map(({ certificate }) => certificate);
  if (form === "json") return Buffer.from(certificatesJson(certificates));
  if (form === "text") return Buffer.from(chainText(certificates));
  throw new Error(`In the browser, certificates are not exported as ${form}.`);
}

/** Runs a task. Never rejects: errors are returned as answers. */
export async function answerInBrowser({ task, input }: TaskRequest): Promise<TaskReply> {
  try {
    const run: ((input: never) => unknown) | undefined = TASKS[task];
    if (run === undefined) throw new Error(`The browser has no task ${task}.`);
    return { output: await run(input) };
  } catch (error) {
    return { error: taskError(error) };
  }
}
