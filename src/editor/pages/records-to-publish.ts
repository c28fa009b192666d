import type { Localize } from "../../words/localize";
import { cnameRecord, hostInZone, zoneLine } from "../../validation/cname-record";
import { levelsOf } from "../../validation/domain-levels";
import type { CaaPurpose } from "../../validation/look";
import type { TokenToFind } from "../../validation/request-token";
import { isProved, type SubjectDomain } from "../../validation/subject";
import { validationFile, validationFileUrl } from "../../validation/validation-file";
import type { RecordToPublish } from "../../webview/protocol";

/**
 * What shows control of a domain: the record and the file, of which one is enough, or what the order's method wants.
 * Nothing where that is not made of the request: by e-mail, for mailboxes and for marks.
 * @param shownFor the domain that the same record is shown for already
 */
export function toPublish(
  { domain, method }: SubjectDomain,
  token: TokenToFind,
  purpose: CaaPurpose,
  localize: Localize,
  shownFor?: string,
): readonly RecordToPublish[] {
  if (purpose !== "tls") return [];
  const cname = (): RecordToPublish[] =>
    shownFor === undefined ? cnameToPublish(domain, token, localize) : [shownAlready(shownFor, localize)];
  switch (method) {
    case "cname":
      return cname();
    case "http":
    case "https":
      return fileToPublish(domain, token, [method], localize);
    case "email":
    case "other":
      return [];
    default:
      return [...cname(), ...fileToPublish(domain, token, ["http", "https"], localize)];
  }
}

/**
 * Domains whose record is the one of another, which is shown first: one record at the registrable domain counts for
 * all names below it, and a hundred copies of it would hide that.
 * @returns by domain, the one that the record is shown for
 */
export function sharedRecords(domains: readonly SubjectDomain[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const each of domains) {
    const zone = (each.method ?? "cname") === "cname" && !isProved(each) ? levelsOf(each.domain).at(-1) : undefined;
    const shownFor = zone && first.get(zone);
    if (shownFor !== undefined && shownFor !== each.domain) shared.set(each.domain, shownFor);
    else if (zone !== undefined) first.set(zone, each.domain);
  }
  return shared;
}

const shownAlready = (domain: string, localize: Localize): RecordToPublish => ({
  title: localize("CNAME record"),
  fields: [],
  notes: [localize("The record that is shown for {0} counts for this name, too.", domain)],
});

/** At the registrable domain, where it counts for every name below; the CA looks at each level. */
function cnameToPublish(domain: string, token: TokenToFind, localize: Localize): RecordToPublish[] {
  const levels = levelsOf(domain);
  const zone = levels.at(-1);
  if (zone === undefined) return [];
  const record = cnameRecord(token, zone);
  const short = hostInZone(record.host, zone);
  return [
    {
      title: localize("CNAME record"),
      fields: [
        { label: localize("Host"), value: record.host },
        ...(short === undefined ? [] : [{ label: localize("Host in the zone {0}", zone), value: short }]),
        { label: localize("Type"), value: "CNAME" },
        { label: localize("Target"), value: record.target },
      ],
      line: zoneLine(record),
      notes: [
        ...(levels.length > 1 ? [localize("It counts for every name below {0}.", zone)] : []),
        localize(
          "Many forms append the zone by themselves: enter the short host there. A final dot keeps the zone from being appended; some forms refuse it.",
        ),
        localize("Leave it there until the certificate is issued."),
      ],
    },
  ];
}

function fileToPublish(
  domain: string,
  token: TokenToFind,
  schemes: readonly ("http" | "https")[],
  localize: Localize,
): RecordToPublish[] {
  const urls = schemes.flatMap((scheme) => {
    const url = validationFileUrl(scheme, domain, token);
    return url === undefined ? [] : [{ label: localize("Address over {0}", scheme), value: url }];
  });
  // There is none for a wildcard, which no file proves (BR 3.2.2.4.18).
  if (urls.length === 0) return [];
  const { name, path, contents } = validationFile(token);
  return [
    {
      title: localize("File for the web root"),
      fields: [
        { label: localize("File name"), value: name },
        { label: localize("Path"), value: path },
        ...urls,
        { label: localize("Contents"), value: contents.trimEnd() },
      ],
      notes: [
        localize("It counts for {0} alone: every other name of the order needs it, too.", domain),
        localize("The server has to answer with status 200 and these lines alone, best without a redirect."),
      ],
    },
  ];
}
