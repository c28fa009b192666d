import { titleOf } from "../../orders/presentation/state";
import { timeWords } from "../../orders/presentation/time-words";
import { Arguments } from "../base/arguments";
import { localize, locale } from "../base/localize";
import { showInformation, showInStatusBar } from "../base/messages";
import type { Program } from "../window/program";
import { isAllInPlace } from "../../validation/record-standing";
import { lookWithProgress, tellNothingLacks } from "./check-records";
import { chooseOrder } from "./choices";
import { requestWanted } from "./choose-request";
import { namedFile } from "./file-argument";
import { mayLook } from "./records-consent";
import { recordsSubject } from "./records-subject";

/** ms for which the status bar says it; the page does so as long as it lasts. */
const STATUS_MESSAGE = 6_000;

/** What a program is told: until when records are looked at again and again. Epoch ms; absent where all is in place. */
export interface WatchOutcome {
  readonly order?: string;
  readonly file?: string;
  readonly until?: number;
}

/**
 * Looks at records now, and again and again in this window until all is in place, for a day at most. Once it is, one
 * notification says so. Never asks the CA.
 */
export async function watchRecords(program: Program, argument: unknown): Promise<WatchOutcome | undefined> {
  const { records } = program;
  const found = await recordsSubject(program, argument, localize("Choose an order whose records to watch"));
  const ready = found && (await requestWanted(program, found));
  if (ready === undefined || !(await mayLook(program, ready))) return undefined;
  const { name, title } = ready;
  const looks = await lookWithProgress(program, ready);
  const subject = records.subjectOf(name);
  // Cancelled, or over in the meantime.
  if (looks.length === 0 || subject === undefined) return undefined;
  if (looks.length >= subject.domains.length && isAllInPlace(subject)) {
    tellNothingLacks(program, ready);
    return name;
  }
  const until = records.watch(name);
  const at = timeWords(until, Date.now(), locale);
  showInStatusBar(localize("The records for {0} are watched in this window until {1}.", title, at), STATUS_MESSAGE);
  return { ...name, until };
}

/** Ends {@link watchRecords}. */
export async function stopWatchingRecords(program: Program, argument: unknown): Promise<WatchOutcome | undefined> {
  const { collector, records } = program;
  const file = namedFile(argument);
  if (file !== undefined) {
    const name = { file: file.toString() };
    return records.stopWatching(name) ? name : undefined;
  }
  const order = await chooseOrder(
    collector,
    new Arguments(argument),
    localize("Choose an order whose records to watch no longer"),
    ({ id }) => records.isWatched({ order: id }),
    { words: localize("No records are watched in this window.") },
  );
  if (order === undefined) return undefined;
  const found = collector.book.get(order);
  if (!records.stopWatching({ order })) {
    const title = found === undefined ? order : titleOf(found, localize);
    void showInformation(localize("The records for {0} are not watched in this window.", title));
  }
  return { order };
}
