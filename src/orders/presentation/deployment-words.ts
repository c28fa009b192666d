import { allOf } from "../../words/phrase";
import type { JournalLine } from "../journal/events";
import type { Localize } from "../../words/localize";
import { serverPlaceWords } from "../model/server-place";
import { servedHistoryWords } from "./served-words";

type DeploymentLine = Extract<
  JournalLine,
  { type: "after-saving-set" | "servers-set" | "task-started" | "task-ended" | "served" }
>;

/** What a line about the time after saving says, in the history. */
export function deploymentWords(line: DeploymentLine, localize: Localize): string {
  switch (line.type) {
    case "after-saving-set":
      return line.task === ""
        ? localize("No task runs after saving any more")
        : localize("The task “{0}” runs after saving", line.task);
    case "servers-set":
      return line.servers.length === 0
        ? localize("Its hosts were removed")
        : localize("Its hosts: {0}", allOf(line.servers.map(serverPlaceWords)));
    case "task-started":
      return localize("The task “{0}” was started", line.task);
    case "task-ended":
      return line.exitCode === undefined
        ? localize("The task “{0}” was stopped, or did not run", line.task)
        : localize("The task “{0}” ended with exit code {1}", line.task, line.exitCode);
    case "served":
      return servedHistoryWords(line, localize);
  }
}
