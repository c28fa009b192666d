import { plural } from "../../words/phrase";
import type { Localize } from "../../words/localize";
import { DAY } from "../model/policy";
import type { OrderStep } from "./order-step";

/** What this computer saw of what is to be published for one domain of an order, in its last look. */
export interface SeenRecords {
  /** As ordered, in lower case. */
  readonly domain: string;
  /** What counts: the record, the file, or one of both where the method is not known; absent where neither does. */
  readonly by?: "cname" | "file" | "either";
  /** `wrong`: something else is published there. `unknown`: nobody can tell from here. */
  readonly found: "right" | "wrong" | "missing" | "unknown";
  /** Whether CAA forbids this CA to issue for it; absent if that is not known. */
  readonly isForbidden?: boolean;
  /** Epoch ms. */
  readonly at: number;
}

/** How long a look says something of how things are, in ms. */
const FRESH = DAY;

/**
 * The shortest true sentence about a step that waits for the person, from the last look at what is published;
 * `undefined` where it says nothing. It never says "validated": that is for the CA. Pure.
 * @param now epoch ms
 */
export function seenStepWords(
  step: Pick<OrderStep, "id" | "state" | "waiting">,
  seen: readonly SeenRecords[],
  now: number,
  localize: Localize,
): string | undefined {
  if (step.state !== "you") return undefined;
  const fresh = seen.filter(({ at }) => now - at < FRESH);
  if (step.id === "caaStatus") return caaWords(fresh, localize);
  const about = fresh.filter(isAbout(step));
  const lacking = about.filter(({ by, found }) => by !== undefined && (found === "missing" || found === "wrong"));
  const [first, ...others] = lacking;
  if (first !== undefined && others.length > 0) {
    return lacking.every(({ found }) => found === "missing")
      ? localize(
          "{0}",
          plural(
            others.length,
            "What {1} and {0} more need is not there yet",
            "What {1} and {0} more need is not there yet",
            first.domain,
          ),
        )
      : localize(
          "{0}",
          plural(
            others.length,
            "What {1} and {0} more need is not right yet",
            "What {1} and {0} more need is not right yet",
            first.domain,
          ),
        );
  }
  if (first !== undefined) {
    return step.id.startsWith("domain:") ? lackingBriefly(first, localize) : lackingWords(first, localize);
  }
  return isAllRight(step, fresh) ? localize("In place, as far as this machine sees") : undefined;
}

/**
 * The same in as few words as a row has, where what was seen says more than the step does: all of it is in place, and
 * the rest is the CA's; else `undefined`. Pure.
 * @param now epoch ms
 */
export function seenBriefly(
  step: Pick<OrderStep, "id" | "state" | "waiting">,
  seen: readonly SeenRecords[],
  now: number,
  localize: Localize,
): string | undefined {
  if (step.state !== "you") return undefined;
  const fresh = seen.filter(({ at }) => now - at < FRESH);
  if (step.id === "caaStatus") {
    return isAllowedFor(fresh) ? localize("CAA allows it, seen from here") : undefined;
  }
  return isAllRight(step, fresh) ? localize("In place, seen from here") : undefined;
}

/** Whether everything that a step is about was seen in place. */
function isAllRight(step: Pick<OrderStep, "id" | "waiting">, fresh: readonly SeenRecords[]): boolean {
  const about = fresh.filter(isAbout(step));
  const isAll = about.length > 0 && about.every(({ by, found }) => by !== undefined && found === "right");
  return isAll && (step.waiting === undefined || step.waiting.length === about.length);
}

/** Which domains a step is about: one of its own, those that wait, or all. */
function isAbout({ id, waiting }: Pick<OrderStep, "id" | "waiting">): (seen: SeenRecords) => boolean {
  if (id.startsWith("domain:")) return ({ domain }) => id.slice("domain:".length).toLowerCase() === domain;
  if (id !== "dcvStatus") return () => false;
  const names = waiting && new Set(waiting.map(({ domain }) => domain.toLowerCase()));
  return ({ domain }) => names === undefined || names.has(domain);
}

function lackingWords({ domain, by, found }: SeenRecords, localize: Localize): string {
  if (found === "missing") {
    if (by === "cname") return localize("The CNAME for {0} is not there yet", domain);
    if (by === "file") return localize("The file on {0} is not there yet", domain);
    return localize("Neither CNAME nor file for {0} is there yet", domain);
  }
  if (by === "cname") return localize("The CNAME for {0} is not the right one", domain);
  if (by === "file") return localize("The file on {0} is not the right one", domain);
  return localize("What is published for {0} is not right", domain);
}

const isAllowedFor = (seen: readonly SeenRecords[]): boolean =>
  seen.length > 0 && seen.every(({ isForbidden }) => isForbidden === false);

/** What lacks for a domain whose name stands before or above it; what counts comes first, since a narrow row is cut. */
export function lackingBriefly({ by, found }: Pick<SeenRecords, "by" | "found">, localize: Localize): string {
  if (found === "missing") {
    if (by === "cname") return localize("CNAME not there yet");
    return by === "file" ? localize("File not there yet") : localize("No CNAME or file yet");
  }
  if (by === "cname") return localize("Wrong CNAME");
  return by === "file" ? localize("Wrong file") : localize("Wrong CNAME or file");
}

function caaWords(seen: readonly SeenRecords[], localize: Localize): string | undefined {
  const [first, ...others] = seen.filter(({ isForbidden }) => isForbidden === true);
  if (first === undefined) {
    return isAllowedFor(seen) ? localize("CAA allows it, as far as this machine sees") : undefined;
  }
  return others.length === 0
    ? localize("CAA for {0} does not allow the CA", first.domain)
    : localize(
        "{0}",
        plural(
          others.length,
          "CAA for {1} and {0} more does not allow the CA",
          "CAA for {1} and {0} more does not allow the CA",
          first.domain,
        ),
      );
}
