import type { DetailsObject, DetailsPage, DetailsRow, Text, Value, Verdict } from "../../certificates/details/page";
import { untrusted, untrustedList, isoTime } from "./agent-answer";

/** The parts of certificates, requests and stores that are told; the details page has the others. */
const TOLD: ReadonlySet<string> = new Set([
  ...["subject", "fingerprints", "issuer", "validity", "publicKey", "certificate", "request", "revoked"],
  ...["basicConstraints", "keyUsage", "extKeyUsage", "privateKey", "secretKey", "pfx"],
]);

/** Of other certificates than the first one. */
const TOLD_OF_OTHERS: ReadonlySet<string> = new Set(["subject", "fingerprints", "validity"]);

const NAMES = "subjectAltName";

/** Hex characters of the longest value that is worth its room: a SHA-512. */
const MAX_HEX = 128;

/** What the details page says, as an answer to an agent: the verdict and its reasons, then object by object. */
export function describedPage({ summary, objects, damage }: DetailsPage): object {
  const [first, ...others] = objects;
  return {
    name: untrusted(plain(summary.headline)),
    verdict: told(summary.verdict),
    reasons: summary.sentences.map(({ tone, text }) => ({ tone, ...untrusted(plain(text)) })),
    ...(first !== undefined && { first: describedObject(first, TOLD) }),
    ...(others.length > 0 && { others: others.map((each) => describedObject(each, TOLD_OF_OTHERS)) }),
    ...(damage.length > 0 && { damage: untrustedList(damage.map(({ message }) => message)) }),
  };
}

const plain = (text: Text): string => text.map((segment) => segment.text).join("");

function told({ says, tone }: Verdict): object {
  return {
    tone,
    ...says,
    ...("since" in says && { since: isoTime(says.since) }),
    ...("asked" in says && { asked: isoTime(says.asked) }),
    ...("root" in says && { root: untrusted(plain(says.root)) }),
  };
}

function describedObject(
  { kind, heading, place, findings, sections }: DetailsObject,
  parts: ReadonlySet<string>,
): object {
  const names = sections.filter(({ id }) => id === NAMES).flatMap(({ rows }) => rows.flatMap(valuesOf));
  return {
    kind,
    name: untrusted(plain(heading)),
    ...(place !== "" && { place: untrusted(place) }),
    fields: sections
      .filter(({ id }) => parts.has(id))
      .flatMap(({ title, rows }) =>
        rows.flatMap((row) => {
          const values = valuesOf(row);
          return values.length === 0 ? [] : [{ field: `${title}: ${row.label}`, ...untrustedList(values) }];
        }),
      ),
    ...(findings.length > 0 && {
      findings: findings.map(({ id, severity, message, advice }) => ({
        ...{ id, severity, message: untrusted(message) },
        ...(advice !== undefined && { advice: untrusted(advice) }),
      })),
    }),
    ...(names.length > 0 && { names: untrustedList(names) }),
  };
}

const valuesOf = ({ values }: DetailsRow): readonly string[] => values.flatMap(valueText);

function valueText(value: Value): readonly string[] {
  switch (value.kind) {
    case "text":
    case "uri":
      return [plain(value.text)];
    case "time":
      return [isoTime(value.at)];
    case "day":
      return [isoTime(value.at).slice(0, 10)];
    case "hex":
      return value.hex.length > MAX_HEX ? [] : [value.hex];
    case "oid":
      return [value.name ?? value.oid];
    case "rows":
      return value.rows.flatMap((row) => valuesOf(row).map((text) => `${row.label}: ${text}`));
    case "image":
    case "tree":
      return [];
  }
}
