import type { Localize } from "../words/localize";
import { failureWords } from "./failure-words";
import type { FindingId } from "./finding";
import type { FindingWords, SayFinding } from "./say-finding";

/** Findings about the file. */
export const FILE_WORDS = {
  "file-on-one-host": (localize: Localize, has, misses) => ({
    words: localize("The file is at {0}, but not at {1}. A file proves its own host alone.", has, misses),
    next: localize("Put it at {0}, too.", misses),
  }),
  redirected: (localize: Localize, url, to, status, refusal) =>
    refusal === ""
      ? {
          words: localize("{0} redirects to {1}.", url, to),
          next: localize("It should work; without a redirect it is safer."),
        }
      : {
          words: localize(
            "{0} redirects to {1} (status {2}), where the CA does not follow: {3}.",
            url,
            to === "" ? "?" : to,
            status,
            failureWords(refusal, localize),
          ),
          next: localize("Serve the file at its address itself, without a redirect."),
        },
  "page-served": (localize: Localize, url, status, type) => ({
    words: localize("{0} answers with status {1} and something other than the file ({2}).", url, status, shown(type)),
    next: localize("Have the web server deliver the file itself, as plain text with status 200."),
  }),
  "file-spelled": (localize: Localize, url, what) => spelled(localize, url, what),
  "unseen-block": (localize: Localize, url, reason, address) => ({
    words: localize(
      "{0} does not answer this computer with the file ({1}: {2}).",
      url,
      address,
      failureWords(reason, localize),
    ),
    next: localize(
      "Check whether a firewall or a country filter refuses strangers. Whether it refuses the CA, nobody can see from here.",
    ),
  }),
  "families-differ": (localize: Localize, right, wrong) => ({
    words: localize("The file is at {0}, but not at {1}, which the host’s name leads to as well.", right, wrong),
    next: localize("Serve it from all addresses, or remove the record of the address that is not yours."),
  }),
  "wildcard-by-file": (localize: Localize, domain) => ({
    words: localize("No file proves {0}: files are not for wildcards.", domain),
    next: localize("Have it validated by a CNAME record or by e-mail."),
  }),
} as const satisfies Partial<Record<FindingId, SayFinding>>;

const shown = (type: string): string => (type === "" ? "?" : type);

function spelled(localize: Localize, url: string, what: string): FindingWords {
  switch (what) {
    case "name":
      return {
        words: localize("The file is at {0}: its name is spelled differently from what the CA asks for.", url),
        next: localize("Rename it as it is shown here; web servers tell upper and lower case apart."),
      };
    case "upper-case":
      return {
        words: localize("The hash in {0} is in upper case.", url),
        next: localize("That may be enough. The CA’s own example is in lower case."),
      };
    case "byte-order-mark":
    case "utf-16":
      return {
        words: localize("{0} begins with a byte-order mark or is UTF-16.", url),
        next: localize("Save it as plain ASCII, or take the file that is saved here."),
      };
    default:
      return {
        words: localize("{0} holds the hash, but not just the lines that are needed.", url),
        next: localize("Take the file that is saved here: two or three lines, the hash first, nothing else."),
      };
  }
}
