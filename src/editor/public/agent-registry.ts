import * as vscode from "vscode";
import type { ValidationSubject } from "../../validation/subject";
import type { AgentToolId } from "../base/contributions";
import { localize } from "../base/localize";
import type { Log } from "../base/log";
import { codeOf } from "../base/log-text";
import { literalMarkdown } from "../languages/markdown-text";
import type { Program } from "../window/program";
import type { ReadingService } from "../window/reading-service";
import { answerText, ToolError } from "./agent-answer";
import { noteAsked, takeAsked, type AskedFiles } from "./asked-files";
import { compareForAgent, describeCertificate, filesNamed, type AgentFile } from "./certificate-tools";
import { explainOrder, validationRecordsForAgent } from "./explain-order";
import { checkOrderForAgent, listOrders, requestedTitle } from "./order-tools";
import { workspaceFile } from "./workspace-file";

/** What exists before the program is needed. */
export interface AgentParts {
  /** Of the program; `undefined` if nothing was ever tracked. */
  readonly program: () => Promise<Program | undefined>;
  readonly reading: ReadingService;
  readonly log: Log;
  /** What people were asked about files; absent for clients that ask themselves. */
  readonly asked?: AskedFiles;
}

type Confirmation = vscode.LanguageModelToolConfirmationMessages;

interface AgentTool {
  /** What the editor says while it runs. */
  readonly working: () => string;
  /** What a person has to agree to first; by default there is nothing. */
  readonly confirm?: (parts: AgentParts, input: unknown) => Promise<Confirmation | undefined>;
  readonly run: (parts: AgentParts, input: unknown, signal: AbortSignal) => Promise<object>;
}

/** What agents can call, by whichever way: the editor's own, or the Model Context Protocol. */
const AGENT_TOOLS: Readonly<Record<AgentToolId, AgentTool>> = {
  listOrders: {
    working: () => localize("Reading the tracked certificate orders"),
    run: async ({ program }, input) => listOrders((await program())?.collector, input),
  },
  checkOrder: {
    working: () => localize("Checking a certificate order"),
    // The CA counts calls and failed sign-ins, so no call is made without consent.
    confirm: async ({ program }, input) => {
      const title = requestedTitle((await program())?.collector, input);
      return confirmation(
        localize("Check a certificate order at the CA?"),
        title === undefined
          ? localize("There is no such order, so nothing will be sent.")
          : localize("One call about {0} is sent to the CA, with the account of this order.", title),
      );
    },
    run: async ({ program }, input, signal) => {
      const started = await program();
      const { answer, id, result } = await checkOrderForAgent(started?.collector, input, signal);
      if (id !== undefined && result?.kind === "answered" && result.froze !== undefined) {
        void started?.attention.tellFrozen(id, result.froze);
      }
      return answer;
    },
  },
  explainOrder: {
    working: () => localize("Reading what a certificate order waits for"),
    run: async ({ program }, input) => explainOrder(orderSources(await program()), input),
  },
  validationRecords: {
    working: () => localize("Reading what is to be published for a certificate order"),
    run: async ({ program }, input) => validationRecordsForAgent(orderSources(await program()), input),
  },
  describeCertificate: {
    working: () => localize("Reading a certificate"),
    confirm: confirmFiles,
    run: async (parts, input, signal) => describeCertificate(await certificateSources(parts), input, signal),
  },
  compareCertificates: {
    working: () => localize("Comparing two certificates"),
    confirm: confirmFiles,
    run: async (parts, input, signal) => compareForAgent(await certificateSources(parts), input, signal),
  },
};

/** What the editor shows of a call, and what it asks the person before. @throws ToolError, ArgumentError */
export async function prepareTool(
  id: AgentToolId,
  parts: AgentParts,
  input: unknown,
): Promise<vscode.PreparedToolInvocation> {
  const { working, confirm } = AGENT_TOOLS[id];
  const confirmationMessages = await confirm?.(parts, input);
  return { invocationMessage: working(), ...(confirmationMessages !== undefined && { confirmationMessages }) };
}

/**
 * Runs a tool.
 * @returns its answer, see {@link answerText}
 * @throws ToolError, ArgumentError with what to do; CancellationError
 */
export async function runTool(
  id: AgentToolId,
  parts: AgentParts,
  input: unknown,
  signal: AbortSignal,
): Promise<string> {
  try {
    signal.throwIfAborted();
    const answer = await AGENT_TOOLS[id].run(parts, input, signal);
    signal.throwIfAborted();
    return answerText(answer);
  } catch (error) {
    if (signal.aborted) throw new vscode.CancellationError();
    if (SAID.has(codeOf(error) ?? "")) throw error;
    parts.log.error("A tool for agents failed.", error);
    // The message of an error may quote a file, a server, or a path of this computer.
    throw new ToolError("It could not be read. The person can open it in the editor, which says why.");
  }
}

/** Codes of errors whose messages are for the agent. */
const SAID: ReadonlySet<string> = new Set(["tool", "argument"]);

/** Whoever agrees to reading a file sees which one it is, wherever links lead. */
async function confirmFiles({ asked }: AgentParts, input: unknown): Promise<Confirmation | undefined> {
  const files = filesNamed(input);
  if (files.length === 0) return undefined;
  const found = await Promise.all(files.map((file) => workspaceFile(file).catch(() => undefined)));
  for (const [index, file] of files.entries()) {
    if (asked !== undefined) noteAsked(asked, file, found[index]?.target, Date.now());
  }
  const names = found.flatMap((file) => (file === undefined ? [] : literalMarkdown(file.path)));
  const [first, second] = names;
  return confirmation(
    localize("Read certificates of the workspace?"),
    first === undefined || names.length < files.length
      ? localize("There is no such file that may be read, so nothing will be read.")
      : second === undefined
        ? localize("{0} is read, and the agent is told what its certificates say. Private keys are not told.", first)
        : localize(
            "{0} and {1} are read, and the agent is told how their certificates differ. Private keys are not told.",
            first,
            second,
          ),
  );
}

const confirmation = (title: string, message: string): Confirmation => ({
  title,
  message: new vscode.MarkdownString(message),
});

const certificateSources = async ({ program, reading, asked }: AgentParts) => ({
  collector: (await program())?.collector,
  reading,
  file: asked === undefined ? workspaceFile : async (name: string) => agreedFile(asked, name),
});

/** By now, links may lead to another file than the one that a person was asked about. */
async function agreedFile(asked: AskedFiles, name: string): Promise<AgentFile> {
  let target: string | undefined;
  try {
    const found = await workspaceFile(name);
    ({ target } = found);
    return found;
  } finally {
    takeAsked(asked, name, target, Date.now());
  }
}

const orderSources = (program: Program | undefined) => ({
  collector: program?.collector,
  records: async (order: string): Promise<ValidationSubject | undefined> => {
    // In Restricted Mode, only a request that the person chose counts.
    const subject = await program?.records.settledSubject(order, vscode.workspace.isTrusted);
    return subject && withoutFolder(subject);
  },
});

/** A request outside of the workspace is named without the folders that it lies in. */
function withoutFolder(subject: ValidationSubject): ValidationSubject {
  const { request } = subject;
  if (request?.from.kind !== "file") return subject;
  const uri = vscode.Uri.parse(request.from.uri);
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) return subject;
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  return { ...subject, request: { ...request, from: { ...request.from, name } } };
}
