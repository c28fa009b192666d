import type { Localize } from "../../orders/localize";
import { cnameRecord, hostInZone, zoneLine } from "../../validation/cname-record";
import { isWildcard, levelsOf } from "../../validation/domain-levels";
import type { CaaPurpose } from "../../validation/look";
import type { TokenToFind } from "../../validation/request-token";
import type { SubjectDomain } from "../../validation/subject";
import { validationFile, validationFileUrl } from "../../validation/validation-file";
import type { RecordToPublish } from "../../webview/protocol";

/**
 * What shows control of a domain: the record and the file, of which one is enough, or what the order's method wants.
 * Nothing where that is not made of the request: by e-mail, for mailboxes and for marks.
 */
export function toPublish(
  { domain, method }: SubjectDomain,
  token: TokenToFind,
  purpose: CaaPurpose,
  localize: Localize,
): readonly RecordToPublish[] {
  if (purpose !== "tls") return [];
  switch (method) {
    case "cname":
      return cnameToPublish(domain, token, localize);
    case "http":
    case "https":
      return fileToPublish(domain, token, [method], localize);
    case "email":
    case "other":
      return [];
    default:
      return [...cnameToPublish(domain, token, localize), ...fileToPublish(domain, token, ["http", "https"], localize)];
  }
}

/** How control of a domain is to be shown; `undefined` if that is not known. */
export function provenByWords(method: SubjectDomain["method"], localize: Localize): string | undefined {
  switch (method) {
    case "email":
      return localize("by e-mail");
    case "http":
      return localize("by a file over http");
    case "https":
      return localize("by a file over https");
    case "cname":
      return localize("by a CNAME record");
    case "other":
      return localize("in another way");
    case undefined:
      return undefined;
  }
}

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
  // A file shows control of no wildcard (BR 3.2.2.4.18).
  if (isWildcard(domain) || urls.length === 0) return [];
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
