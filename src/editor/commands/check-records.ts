import * as vscode from "vscode";
import type { FindingId } from "../../validation/finding";
import type { CaaVerdict, DomainLook, Standing } from "../../validation/look";
import { commandId, type CommandName } from "../base/contributions";
import { localize } from "../base/localize";
import { showInformation, withProgress } from "../base/messages";
import { tellInPlace } from "../notices/ended-watch";
import type { Program } from "../window/program";
import type { SubjectName } from "../window/subject-name";
import { isAllInPlace, seenRecords } from "../../validation/record-standing";
import { seenStepWords } from "../../orders/presentation/record-words";
import { mayLook } from "./records-consent";
import { recordsSubject, type RecordsSubject } from "./records-subject";
import { requestWanted } from "./choose-request";

/** What a program is told of a look. */
export interface RecordsOutcome {
  readonly order?: string;
  readonly file?: string;
  /** Whether everything that the CA needs to see is in place, as far as this machine sees. */
  readonly inPlace: boolean;
  readonly domains: readonly {
    readonly domain: string;
    readonly cname?: Standing;
    readonly file?: Standing;
    readonly caa: CaaVerdict;
    readonly findings: readonly FindingId[];
  }[];
}

/**
 * Looks, once a person agreed, whether the records and files that an order waits for are published, and whether CAA
 * allows the CA to issue; and shows it on the page. Never asks the CA.
 */
export async function checkRecords(program: Program, argument: unknown): Promise<RecordsOutcome | undefined> {
  const found = await recordsSubject(program, argument, localize("Choose an order whose records to check"));
  const ready = found && (await requestWanted(program, found));
  if (ready === undefined || !(await mayLook(program, ready))) return undefined;
  const { name } = ready;
  const looks = await lookWithProgress(program, ready);
  showPage(name);
  const subject = program.records.subjectOf(name);
  if (looks.length === 0 || subject === undefined) return undefined;
  // Of a look that was cancelled, the domains that it did not come to have older answers.
  const inPlace = looks.length >= subject.domains.length && isAllInPlace(subject);
  if (inPlace) tellNothingLacks(program, ready);
  else void tellLacking(program, ready);
  return { ...name, inPlace, domains: looks.map(toldOf) };
}

/** Looks with progress, and can be cancelled. */
export function lookWithProgress(
  { records }: Pick<Program, "records">,
  { name, title }: RecordsSubject,
): Thenable<readonly DomainLook[]> {
  return withProgress(localize("Checking the records for {0}", title), (signal, progress) =>
    records.check(name, signal, (done, total) => progress.report(localize("{0} of {1}", done, total), 100 / total)),
  );
}

function toldOf({ domain, cname, file, caa, findings }: DomainLook): RecordsOutcome["domains"][number] {
  return {
    domain,
    ...(cname !== undefined && { cname: cname.standing }),
    ...(file !== undefined && { file: file.standing }),
    caa: caa.verdict,
    findings: findings.map(({ id }) => id),
  };
}

/** Shows the page of an order or a file. */
export function showPage(name: SubjectName): void {
  const command: CommandName = "order" in name ? "showDetails" : "showFileDetails";
  void vscode.commands.executeCommand(commandId(command), name);
}

/** Says that all is in place. A watch is over then, and says nothing more. */
export function tellNothingLacks({ collector, records }: Program, { name, title }: RecordsSubject): void {
  records.stopWatching(name);
  void tellInPlace(collector, name, title);
}

/** Says in a sentence what is not in place, and offers to look again and again. */
async function tellLacking({ records }: Program, { name, title }: RecordsSubject): Promise<void> {
  const subject = records.subjectOf(name);
  if (subject === undefined) return;
  const seen = seenRecords(subject);
  const words = ["dcvStatus", "caaStatus"].flatMap((id) => {
    const isLacking = seen.some(({ isForbidden }) => id === "dcvStatus" || isForbidden === true);
    return (isLacking && seenStepWords({ id, state: "you" }, seen, Date.now(), localize)) || [];
  });
  const what = words.length === 0 ? localize("This computer cannot tell whether all is in place.") : words.join(". ");
  const watch = localize("Watch Records");
  const offered = records.isWatched(name) ? [] : [watch];
  if ((await showInformation(localize("{0}: {1}", title, what), ...offered)) === watch)
    await vscode.commands.executeCommand(commandId("watchRecords"), name);
}
