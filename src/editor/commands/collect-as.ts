import * as vscode from "vscode";
import { ENDPOINTS } from "../../api/endpoints";
import { CA_HOSTS } from "../../api/product";
import type { ParameterName, ParameterValues } from "../../api/parameter";
import type { Product } from "../../api/product";
import { nextQuestion, valuesOf, type Decisions, type ParameterQuestion } from "../../api/questions";
import { buildRequest } from "../../api/request";
import type { Issued } from "../../api/result";
import type { Order } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { ArgumentError, Arguments } from "../base/arguments";
import type { Program } from "../window/program";
import { saveBytes } from "../saving/saving";
import { runMultiStepInput, type MultiStepInput } from "../base/multi-step-input";
import { checkWithProgress } from "./check-order";
import { chooseOrder } from "./choices";
import { valueProblem } from "./typed-value";
import { showInformation, type Choice } from "../base/messages";

/**
 * Collects in a form of the person's choice: each parameter of the CA's page is asked for in turn, and only values
 * that lead to a valid call are offered. The answer is shown as it is and can be saved byte for byte.
 */
export async function collectAs(
  program: Program,
  argument: unknown,
): Promise<{ order: string; result: string } | undefined> {
  const given = new Arguments(argument);
  const id = await chooseOrder(program.collector, given, vscode.l10n.t("Choose a certificate to collect"));
  const order = id === undefined ? undefined : program.collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const values = given.texts("values");
  if (values !== undefined) checkForm(order, values);
  const form = values ?? (await askForm(order));
  if (form === undefined) return undefined;
  const result = await checkWithProgress(program, id, form);
  if (result?.kind !== "answered" || result.result === undefined) return undefined;
  if (result.result.kind === "issued") await showIssued(program, order, result.result);
  return { order: id, result: result.result.kind };
}

async function showIssued({ panels }: Program, order: Order, issued: Issued): Promise<void> {
  panels.showSavedResponse(issued.raw);
  const save = vscode.l10n.t("Save as Received…");
  const chosen = await showInformation(
    vscode.l10n.t("The CA answered for {1}. Certificates: {0}.", issued.certificates.length, titleOf(order)),
    save,
  );
  if (chosen === save) await saveBytes(issued.raw, `${titleOf(order)}.${extensionOf(issued)}`);
}

/** The usual file extension for such an answer. */
function extensionOf({ container, raw }: Issued): string {
  const isBinary = raw[0] === 0x30 || raw[0] === 0x50;
  switch (container) {
    case "zip":
      return isBinary ? "zip" : "txt";
    case "pkcs7":
      return "p7b";
    case "pem":
      return "pem";
    case "der":
      return "cer";
    case "netscape":
    case "cmmf":
      return isBinary ? "der" : "txt";
  }
}

/** @throws RequestError when the CA's page forbids the values; ArgumentError when they do not concern the answer */
function checkForm(order: Order, values: Readonly<Record<string, string>>): void {
  const { parameters } = ENDPOINTS[order.product];
  const other = Object.keys(values).find((name) =>
    parameters.some((each) => each.name === name && each.role !== "answer"),
  );
  if (other !== undefined)
    throw new ArgumentError(vscode.l10n.t("“{0}” is determined by the order and cannot be chosen.", other));
  const rest = Object.entries(known(order)).filter(([, value]) => value !== null);
  buildRequest(CA_HOSTS[0], order.product, { ...Object.fromEntries(rest), ...values });
}

/** @returns the parameters of the role `answer`, or `undefined` when the person left */
async function askForm(order: Order): Promise<ParameterValues | undefined> {
  const { product } = order;
  const start = known(order);
  // What was decided before each step; a step that is shown again starts from there.
  const before: Decisions[] = [start];
  let status = nextQuestion(product, start);
  const done = await runMultiStepInput(vscode.l10n.t("Collect As…"), (place) => {
    status = nextQuestion(product, before[place] ?? start);
    const { decided, question } = status;
    if (question === undefined) return undefined;
    return async (input) => {
      before[place + 1] = { ...decided, [question.parameter.name]: await askParameter(input, product, question) };
    };
  });
  if (!done) return undefined;
  const answer = ENDPOINTS[product].parameters.filter(({ role }) => role === "answer").map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(valuesOf(status.decided)).filter(([name]) => answer.some((each) => each === name)),
  );
}

/** What the order determines: which parameters will be sent, with a number in place of each value. */
function known({ product, reference, account }: Order): Decisions {
  const decided: Partial<Record<ParameterName, string | null>> = {};
  for (const { name, role } of ENDPOINTS[product].parameters) {
    if (role === "order") decided[name] = name === reference.kind ? "1" : null;
    if (role === "sign-in") decided[name] = name !== "collectionCode" && account !== undefined ? "1" : null;
  }
  if (reference.kind === "collectionCode") decided.collectionCode = "1";
  return decided;
}

/** @returns the value, or null for a parameter that is not sent */
async function askParameter(
  input: MultiStepInput,
  product: Product,
  question: ParameterQuestion,
): Promise<string | null> {
  const { parameter, options, mayOmit, because } = question;
  const prompt = [parameter.name, parameter.description, ...because].join(" · ");
  if (parameter.values === undefined) {
    const text = await input.input({
      prompt: mayOmit ? vscode.l10n.t("{0} Leave it empty to omit it.", prompt) : prompt,
      check: (value) => (mayOmit && value === "" ? undefined : valueProblem(product, parameter.name, value)),
    });
    return text === "" ? null : text;
  }
  const choices: Choice<string | null>[] = options.map(({ value, meaning }) => {
    return { label: meaning, description: `${parameter.name}=${value}`, value };
  });
  const omitted = vscode.l10n.t("Omit {0}", parameter.name);
  const then = parameter.whenOmitted;
  const description = then === undefined ? "" : vscode.l10n.t("the CA then uses {0}", then);
  if (mayOmit) choices.push({ label: omitted, description, value: null });
  return input.pick({ placeholder: prompt, choices });
}
