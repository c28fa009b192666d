import * as vscode from "vscode";
import { ENDPOINTS } from "../../api/endpoints";
import { CA_HOSTS, type Product } from "../../api/product";
import type { ParameterName, ParameterValues } from "../../api/parameter";
import { nextQuestion, valuesOf, type Decisions, type ParameterQuestion } from "../../api/questions";
import { buildRequest } from "../../api/request";
import type { Issued } from "../../api/result";
import type { Order } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { locale, localize } from "../base/localize";
import { ArgumentError, Arguments } from "../base/arguments";
import type { Program } from "../window/program";
import { saveBytes } from "../saving/saving";
import { runMultiStepInput, type MultiStepInput } from "../base/multi-step-input";
import { checkWithProgress } from "./check-order";
import { chooseOrder } from "./choices";
import { offeredValues, questionWords } from "./form-words";
import { typedProblem } from "./typed-value";
import { showInformation, type Choice } from "../base/messages";
import { phrase } from "../../words/phrase";

/**
 * Collects in a form of the person's choice: each parameter of the CA's page is asked for in turn, and only values
 * that lead to a valid call are offered. The answer is shown as it is and can be saved byte for byte.
 */
export async function collectAs(
  program: Program,
  argument: unknown,
): Promise<{ order: string; result: string } | undefined> {
  const given = new Arguments(argument);
  const id = await chooseOrder(program.collector, given, localize("Choose a certificate to collect"));
  const order = id === undefined ? undefined : program.collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const values = given.texts("values");
  if (values !== undefined) checkForm(order, values);
  const form = values ?? (await askForm(order));
  if (form === undefined) return undefined;
  const result = await checkWithProgress(program, id, form);
  if (result?.kind !== "answered" || result.result === undefined) return undefined;
  const answer = result.result;
  if (answer.kind === "issued") void keepIssued(program, order, answer, values === undefined);
  // The order's page says what a status says, for as long as the person wants to read it.
  else if (answer.kind === "pending" || answer.kind === "available")
    program.panels.showOrder(id, vscode.ViewColumn.Active);
  return { order: id, result: answer.kind };
}

/**
 * Shows the answer as it was received, and saves it.
 * @param isAsked whether a person chose the form: they are asked for the file at once
 */
async function keepIssued({ panels }: Program, order: Order, issued: Issued, isAsked: boolean): Promise<void> {
  panels.showSavedResponse(issued.raw, titleOf(order, localize));
  const name = `${titleOf(order, localize)}.${extensionOf(issued)}`;
  const title = localize("Save as Received");
  const uri = isAsked ? await saveBytes(issued.raw, title, name) : undefined;
  if (uri !== undefined) return;
  const save = localize("Save as Received…");
  const words = localize("The answer for {0} is shown, not saved.", titleOf(order, localize));
  if ((await showInformation(words, save)) === save) await saveBytes(issued.raw, title, name);
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
    throw new ArgumentError(phrase("“{0}” is determined by the order and cannot be chosen.", other));
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
  const done = await runMultiStepInput(localize("Collect As…"), (place) => {
    status = nextQuestion(product, before[place] ?? start);
    const { decided, question } = status;
    if (question === undefined) return undefined;
    return async (input) => {
      const value = await askParameter(input, product, question);
      before[place + 1] =
        value === REST ? withoutRest(product, decided) : { ...decided, [question.parameter.name]: value };
    };
  });
  if (!done) return undefined;
  const answer = ENDPOINTS[product].parameters.filter(({ role }) => role === "answer").map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(valuesOf(status.decided)).filter(([name]) => answer.some((each) => each === name)),
  );
}

/** The person wants the rest as the CA does it where nothing is sent. */
const REST = Symbol("the rest");

/** Leaves out every parameter that may be left out and was not asked for. */
function withoutRest(product: Product, decisions: Decisions): Decisions {
  const { decided, question } = nextQuestion(product, decisions);
  if (question?.mayOmit !== true) return decided;
  return withoutRest(product, { ...decided, [question.parameter.name]: null });
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
): Promise<string | null | typeof REST> {
  const { parameter, mayOmit } = question;
  if (parameter.values === undefined) {
    const prompt = parameter.description;
    const text = await input.input({
      prompt: mayOmit ? localize("{0} Leave it empty to omit it.", prompt) : prompt,
      placeholder: parameter.name,
      check: (value) => (mayOmit && value === "" ? undefined : typedProblem(product, parameter.name, value, locale)),
    });
    return text === "" ? null : text;
  }
  const values: Choice<string | null | typeof REST>[] = [...offeredValues(question)];
  const then = parameter.whenOmitted;
  const omitted = {
    label: localize("As the CA Does by Default"),
    description: then === undefined ? localize("without {0}", parameter.name) : `${parameter.name}=${then}`,
    value: null,
  };
  const rest = {
    label: localize("Collect Now"),
    description: localize("the rest as the CA does by default"),
    value: REST,
  } as const;
  const isMain = parameter.name === "queryType" || parameter.name === "responseType";
  const choices = !mayOmit ? values : isMain ? [...values, omitted, rest] : [rest, omitted, ...values];
  return input.pick({ placeholder: questionWords(parameter.name), choices });
}
