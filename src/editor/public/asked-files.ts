import { ToolError } from "./agent-answer";

/** Where a file really was when a person was asked; `undefined` if there was nothing that may be read. */
interface Asked {
  readonly target: string | undefined;
  /** Epoch ms. */
  readonly at: number;
}

/** Questions about files that wait for their calls, by the names that agents gave. */
export type AskedFiles = Map<string, readonly Asked[]>;

/** ms within which a call has to follow its question. */
const LONGEST_WAIT = 60 * 60_000;

/** Questions that wait at once. */
const MAX_ASKED = 200;

/**
 * Remembers what a question said of a file.
 * @param now epoch ms
 * @throws ToolError when too many questions wait: to forget one would let its call read anything
 */
export function noteAsked(asked: AskedFiles, name: string, target: string | undefined, now: number): void {
  let waiting = 0;
  for (const [each, questions] of asked) {
    const left = questions.filter(({ at }) => now - at < LONGEST_WAIT);
    if (left.length === 0) asked.delete(each);
    else asked.set(each, left);
    waiting += left.length;
  }
  if (waiting >= MAX_ASKED) throw new ToolError("Too many questions about files were not answered. Call again later.");
  asked.set(name, [...(asked.get(name) ?? []), { target, at: now }]);
}

/**
 * Takes the question that a call follows. Which one that is the editor does not tell, so all that wait have to agree.
 * @param target where the file is now
 * @param now epoch ms
 * @throws ToolError when a person was asked about another file
 */
export function takeAsked(asked: AskedFiles, name: string, target: string | undefined, now: number): void {
  const [question, ...others] = asked.get(name) ?? [];
  if (question === undefined) return;
  const agrees = [question, ...others].every((each) => each.target === target && now - each.at < LONGEST_WAIT);
  // Those that disagree stay for the calls that they belong to.
  if (others.length === 0) asked.delete(name);
  else if (agrees) asked.set(name, others);
  if (!agrees) {
    throw new ToolError(
      "The person was asked about another file, or too long ago, so nothing was read. Call again with the path of the file without links.",
    );
  }
}
