import { anyOf, phrase, type Phrase } from "../../words/phrase";
import type { PathRoot } from "../details/options";
import { datedWords } from "../knowledge/dated-words";
import type { Chain } from "../x509/chain";
import { isSelfIssued } from "../x509/issuing";
import type { KnownAuthorities } from "../x509/known-authorities";
import type { ChainCheck } from "./chain";

/** The roots that clients trust, as the operator of a root program lists them. */
export interface RootList {
  /** Whose list of which date or version, inside a sentence: "Mozilla's roots (Node.js 24.21.0)". */
  readonly name: Phrase;
  /** SHA-256 of each, lower-case hex. */
  readonly sha256: readonly string[];
}

/**
 * The root that a checked path ends in, and whether it is a public one as far as is known: in a root program's list, or
 * among the known CA certificates. A CA that was certified several times may end in such a root by another path.
 * @returns undefined for a path that does not reach a root
 */
export function pathRoot(
  { path }: Chain,
  { completion, complete, known, alternatives }: ChainCheck,
  authorities: KnownAuthorities,
  list: RootList | undefined,
): PathRoot | undefined {
  const last = [...path, ...completion].at(-1)?.certificate;
  if (last === undefined || !complete || !isSelfIssued(last)) return undefined;
  const ends = [
    last,
    ...alternatives.flatMap(({ members }) => members.slice(-1).map(({ certificate }) => certificate)),
  ];
  const listed = new Set(list?.sha256);
  const lists = [
    ...(list === undefined ? [] : [list.name]),
    phrase("the public CAs known here ({0})", datedWords(authorities.asOf)),
  ];
  return {
    certificate: last,
    known: known || ends.some((end) => listed.has(end.fingerprints.sha256) || authorities.find(end) !== undefined),
    lists: anyOf(lists),
  };
}
