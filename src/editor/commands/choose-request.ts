import * as vscode from "vscode";
import type { UnusableReason } from "../../validation/pasted-record";
import { needsRequest } from "../../validation/subject";
import { isUniqueValue } from "../../validation/unique-value";
import { Arguments, ArgumentError } from "../base/arguments";
import { showInput, showPick, type Choice, type Heading } from "../base/messages";
import type { FoundRequest } from "../window/found-request";
import type { Program } from "../window/program";
import type { KeptRequest } from "../window/record-memory";
import { chosenFrom, type RequestCandidates } from "../window/subject-requests";
import { uriOf } from "./file-argument";
import { recordsSubject, tellNoRequest, type RecordsSubject } from "./records-subject";
import { saveSandboxRequest } from "./sandbox-records";
import { localize } from "../base/localize";
import { phrase, type Phrase } from "../../words/phrase";
import { inRow } from "../../words/localize";

/** What a program is told: for which request records are looked for now. */
export interface RequestOutcome {
  readonly order: string;
  /** URI of its file; absent where it was pasted. */
  readonly request?: string;
  readonly md5: string;
  readonly sha256: string;
  readonly uniqueValue?: string;
}

/** Characters of a pasted e-mail. */
const MAX_PASTED = 100_000;

/** Requests that do not fit and are offered all the same, and names of each that are shown. */
const MAX_OTHERS = 20;
const MAX_NAMES = 5;

/** What a person picks: a request that was found, or another way to one. */
type Pick = { readonly found: FoundRequest } | "sandbox" | "file" | "paste" | "caa";

/**
 * Notes which certificate request an order is for: one of the workspace, in another file, or what a person pastes of
 * the record. An argument may name a file as `request`, or hold the `text`, and a `uniqueValue`.
 */
export async function chooseRequest(program: Program, argument: unknown): Promise<RequestOutcome | undefined> {
  const given = new Arguments(argument);
  const question = localize("Choose an order whose certificate request to name");
  const found = await recordsSubject(program, argument, question);
  if (found === undefined || !("order" in found.name)) return undefined;
  const { order } = found.name;
  const named = await requestGiven(program, given);
  const request = named ?? (await requestAsked(program, found));
  if (request === undefined || request === "caa") return undefined;
  program.records.choose(order, request);
  const { token, from } = request;
  return { order, ...(from.kind === "file" && { request: from.uri }), ...token };
}

/**
 * The subject with its request, which the person is asked for where an order has none yet and needs one.
 * @returns undefined when the person leaves
 */
export async function requestWanted(program: Program, found: RecordsSubject): Promise<RecordsSubject | undefined> {
  const { name, subject } = found;
  if (!("order" in name) || !needsRequest(subject)) return found;
  const request = await requestAsked(program, found, true);
  if (request === undefined) return undefined;
  if (request === "caa") return found;
  program.records.choose(name.order, request);
  const now = program.records.subjectOf(name);
  return now && { ...found, subject: now };
}

/** What a caller of the command says. @throws ArgumentError */
async function requestGiven({ records }: Program, given: Arguments): Promise<KeptRequest | undefined> {
  const said = uniqueValueGiven(given);
  const uniqueValue = said === "" ? undefined : said;
  const text = given.text("text", MAX_PASTED);
  if (text !== undefined) {
    const read = await readPasted(text);
    if ("text" in read) throw new ArgumentError(read);
    return withUniqueValue(read, uniqueValue);
  }
  const uri = uriOf(given, "request");
  if (uri === undefined) return undefined;
  const [request] = await records.requests.inUri(uri.toString());
  if (request === undefined) {
    const name = vscode.workspace.asRelativePath(uri);
    throw new ArgumentError(phrase("{0} does not contain a certificate request (CSR). Choose another file.", name));
  }
  return withUniqueValue(chosenFrom(request), uniqueValue);
}

/** The unique value that a caller says; empty for none. @throws ArgumentError */
export function uniqueValueGiven(given: Arguments): string | undefined {
  const said = given.text("uniqueValue");
  if (said !== undefined && said !== "" && !isUniqueValue(said)) throw new ArgumentError(UNIQUE_VALUE);
  return said;
}

/** @param hasCaaAlone whether going on without a request is offered */
async function requestAsked(
  program: Program,
  { name, subject, title }: RecordsSubject,
  hasCaaAlone = false,
): Promise<KeptRequest | "caa" | undefined> {
  const { collector, records } = program;
  const isSandboxes =
    "order" in name && collector.sandbox.isRunning && collector.book.get(name.order)?.ca === "sandbox";
  const candidates = await records.requests.candidates(subject.domains.map(({ domain }) => domain));
  const picked = await showPick<Pick>({
    title: localize("Which certificate request is {0} for?", title),
    placeholder: localize("What is to be published is computed from it"),
    choices: choicesOf(candidates, isSandboxes, hasCaaAlone),
  });
  switch (picked) {
    case undefined:
    case "caa":
      return picked;
    case "sandbox": {
      const saved = await saveSandboxRequest(program, name);
      const [request] = saved === undefined ? [] : await records.requests.inUri(saved.request);
      return request && chosenFrom(request);
    }
    case "paste":
      return askPasted();
    case "file": {
      const uri = (await vscode.window.showOpenDialog({ title: localize("Choose a certificate request") }))?.[0];
      if (uri === undefined) return undefined;
      const [request] = await records.requests.inUri(uri.toString());
      return request === undefined ? tellNoRequest(uri) : askUniqueValue(chosenFrom(request), title);
    }
    default:
      return askUniqueValue(chosenFrom(picked.found), title);
  }
}

/** @param isSandboxes whether the sandbox has the request, which a person has only once it was saved */
function choicesOf(
  { all, fitting }: RequestCandidates,
  isSandboxes: boolean,
  hasCaaAlone: boolean,
): readonly (Choice<Pick> | Heading)[] {
  const choice = (found: FoundRequest): Choice<Pick> => {
    const names = inRow(found.names.slice(0, MAX_NAMES), localize);
    return { label: found.file, description: names, value: { found }, icon: new vscode.ThemeIcon("file-code") };
  };
  const fit = all.slice(0, fitting).map(choice);
  const others = all.slice(fitting, fitting + MAX_OTHERS).map(choice);
  const further: readonly (Choice<Pick> & { readonly when: boolean })[] = [
    { label: localize("Save the Sandbox Request Here"), value: "sandbox", when: isSandboxes && fitting === 0 },
    { label: localize("Another File…"), value: "file", when: true },
    { label: localize("Paste the Record, the Hashes or the E-Mail…"), value: "paste", when: true },
    { label: localize("Check CAA Alone"), value: "caa", when: hasCaaAlone },
  ];
  return [
    ...(fit.length === 0 ? [] : [{ heading: localize("Fits the order") }, ...fit]),
    ...(others.length === 0 ? [] : [{ heading: localize("Other requests of the workspace") }, ...others]),
    ...(all.length === 0 ? [] : [{ heading: localize("Otherwise") }]),
    ...further.filter(({ when }) => when),
  ];
}

async function askPasted(): Promise<KeptRequest | undefined> {
  const text = await showInput({
    title: localize("What is to be published"),
    prompt: localize("Paste the CNAME record, the file's name and contents, both hashes, or the e-mail with them."),
    check: async (pasted) => {
      const read = await readPasted(pasted);
      return "text" in read ? read : undefined;
    },
  });
  const read = text === undefined ? undefined : await readPasted(text);
  return read === undefined || "text" in read ? undefined : read;
}

/** @returns what is wrong with a text, if no record is found in it */
async function readPasted(text: string): Promise<KeptRequest | Phrase> {
  const { readPastedRecord } = await import("../../validation/pasted-record");
  const read = readPastedRecord(text);
  return read.kind === "token" ? { token: read.token, from: { kind: "pasted" } } : unusableSaid(read.reason);
}

function unusableSaid(reason: UnusableReason): Phrase {
  switch (reason) {
    case "nothing":
      return phrase("It contains no hash. Paste the record or both hashes.");
    case "name-missing":
      return phrase("The MD5 is missing, which names the place. Paste the host or the file's name, too.");
    case "proof-missing":
      return phrase("The SHA-256 is missing. Paste the target of the record or the file's contents, too.");
    case "sha1":
      return phrase("It is a SHA-1 hash, which the CA has not accepted since 2017. Paste the current record.");
    case "cut":
      return phrase("Digits of the hash are missing. Paste it whole.");
    case "several":
      return phrase("It contains hashes of several requests. Paste those of one.");
  }
}

/** Asks for the order's unique value. @returns undefined when the person leaves */
async function askUniqueValue(request: KeptRequest, title: string): Promise<KeptRequest | undefined> {
  const answer = await uniqueValueAsked(title);
  return answer === undefined ? undefined : withUniqueValue(request, answer === "" ? undefined : answer);
}

/** The unique value of an order; empty for none, or where it is not known. @returns undefined when the person leaves */
export function uniqueValueAsked(title: string): Promise<string | undefined> {
  return showInput({
    title,
    prompt: localize("Unique value of the order. Leave it empty if it has none, or you do not know it."),
    check: (typed) => (typed === "" || isUniqueValue(typed) ? undefined : UNIQUE_VALUE),
  });
}

const UNIQUE_VALUE = phrase("A unique value has at most 20 letters and digits.");

const withUniqueValue = ({ token, from }: KeptRequest, uniqueValue: string | undefined): KeptRequest => ({
  token: { ...token, ...(uniqueValue !== undefined && { uniqueValue }) },
  from,
});
