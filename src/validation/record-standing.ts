import type { SeenRecords } from "../orders/presentation/record-words";
import type { CaaVerdict, DomainLook, SeenBefore } from "./look";
import { isProved, type SubjectDomain, type ValidationSubject } from "./subject";

/** Whether CAA forbids the CA to issue; `undefined` where an answer is missing. */
function forbids(verdict: CaaVerdict): boolean | undefined {
  switch (verdict) {
    case "forbidden":
      return true;
    case "allowed":
    case "conditions":
    case "unrestricted":
      return false;
    case "failed":
    case "maybe":
      return undefined;
  }
}

/** What of a domain counts by its method; none where what the CA wants cannot be seen from here. */
export function countedBy({ method }: SubjectDomain): SeenRecords["by"] {
  switch (method) {
    case "cname":
      return "cname";
    case "http":
    case "https":
      return "file";
    case "email":
    case "other":
      return undefined;
    default:
      return "either";
  }
}

/** What was seen of each domain that was looked at, in short. Pure. */
export function seenRecords({ domains, looks }: Pick<ValidationSubject, "domains" | "looks">): readonly SeenRecords[] {
  return domains.flatMap((each) => {
    const look = looks.get(each.domain);
    if (look === undefined) return [];
    const by = countedBy(each);
    const isForbidden = forbids(look.caa.verdict);
    return {
      domain: each.domain.toLowerCase(),
      found: foundOf(look, by),
      at: look.at,
      ...(by !== undefined && { by }),
      ...(isForbidden !== undefined && { isForbidden }),
    };
  });
}

/** What was seen of what counts. Pure. @param by as {@link countedBy} says */
export function foundOf({ cname, file }: DomainLook, by: SeenRecords["by"]): SeenRecords["found"] {
  const counted = [by === "file" ? undefined : cname, by === "cname" ? undefined : file].filter(
    (each) => each !== undefined,
  );
  if (by === undefined || counted.length === 0) return "unknown";
  if (counted.some(({ standing }) => standing === "in-place")) return "right";
  if (counted.some(({ standing }) => standing === "cannot-tell")) return "unknown";
  return counted.some(({ seen }) => seen.some(({ says }) => says === "other")) ? "wrong" : "missing";
}

/**
 * Whether everything was seen that the CA needs to see, as far as this machine sees: of each domain that the CA has
 * not ticked off, its record or file where its method shows in public; and CAA allows the CA. Pure.
 */
export function isAllInPlace(subject: Pick<ValidationSubject, "domains" | "looks">): boolean {
  const { domains } = subject;
  const seen = new Map(seenRecords(subject).map((each) => [each.domain, each]));
  return (
    domains.length > 0 &&
    domains.every((each) => {
      const { by, found, isForbidden } = seen.get(each.domain.toLowerCase()) ?? {};
      return isForbidden === false && (isProved(each) || by === undefined || found === "right");
    })
  );
}

/** Where the record or the file of a domain was seen in place; `undefined` if neither was. Pure. */
export function inPlaceAt({ cname, file }: DomainLook): Omit<SeenBefore, "at"> | undefined {
  if (cname?.standing === "in-place") {
    const place = cname.seen.find(({ says }) => says === "right")?.name;
    return place === undefined ? undefined : { by: "cname", place };
  }
  const place = file?.seen.find(({ says }) => says === "right")?.hops[0]?.url;
  return file?.standing !== "in-place" || place === undefined ? undefined : { by: "file", place };
}
