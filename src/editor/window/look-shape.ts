import { FINDINGS, type ValidationFinding } from "../../validation/finding";
import type {
  CaaLook,
  CaaReason,
  CaaServer,
  CnameLook,
  CnameSeen,
  DomainLook,
  FileHop,
  FileLook,
  FileSeen,
  Standing,
} from "../../validation/look";
import type { CaaData, NameServer } from "../../validation/ports";
import { flag, integer, list, memberOf, oneOf, optional, record, text, time, type Shape } from "../../shape/shape";

// What is remembered of looks comes back from a file that other programs can write.

/** Characters of the longest name of the DNS, with what a person may have put before it. */
const NAME = text(300);
const WORDS = text(1_000);
const PORT = integer(1, 65_535);
const MAX_FEW = 64;
const MAX_SEEN = 512;

const isStanding = oneOf<Standing>("in-place", "not-in-place", "cannot-tell");
const isSaid = oneOf("right", "other", "none", "failed");

const isServer = record<NameServer>({
  kind: oneOf("resolver", "authoritative"),
  address: text(64),
  port: PORT,
  name: optional(NAME),
});

const isCnameSeen = record<CnameSeen>({ server: isServer, name: NAME, says: isSaid, detail: optional(WORDS) });

const isCname = record<CnameLook>({
  standing: isStanding,
  foundAt: optional(NAME),
  uniqueValue: optional(text(64)),
  seen: list(isCnameSeen, MAX_SEEN),
});

const isHop = record<FileHop>({
  url: text(2_048),
  status: optional(integer(0, 999)),
  failure: optional(WORDS),
  location: optional(text(2_048)),
  tlsFault: optional(WORDS),
});

const isFileSeen = record<FileSeen>({
  scheme: oneOf("http", "https"),
  address: text(64),
  says: isSaid,
  hops: list(isHop, MAX_FEW),
  start: optional(text(2_000)),
});

const isFile = record<FileLook>({
  standing: isStanding,
  uniqueValue: optional(text(64)),
  seen: list(isFileSeen, MAX_SEEN),
});

const isCaaData = record<CaaData>({
  type: oneOf("CAA"),
  flags: integer(0, 255),
  tag: text(255),
  value: text(65_535),
});

const isReason = memberOf<CaaReason>({
  "none-found": true,
  "not-restricted": true,
  "not-a-domain": true,
  named: true,
  "named-deprecated": true,
  conditions: true,
  "critical-tag": true,
  quoted: true,
  unreadable: true,
  "other-property": true,
  "names-others": true,
  "names-nobody": true,
  "reserved-tag": true,
  "one-issuer": true,
  "dnssec-broken": true,
  unanswered: true,
  "not-a-name": true,
  "no-resolver": true,
  cancelled: true,
});

const isCaaServer = record<CaaServer>({
  server: isServer,
  says: oneOf("set", "none", "failed"),
  detail: optional(WORDS),
});

const isCaa = record<CaaLook>({
  verdict: oneOf("allowed", "unrestricted", "conditions", "forbidden", "failed", "maybe"),
  reason: optional(isReason),
  records: list(isCaaData, MAX_SEEN),
  foundAt: optional(NAME),
  aliases: list(NAME, MAX_FEW),
  failure: optional(record<NonNullable<CaaLook["failure"]>>({ name: NAME, detail: WORDS })),
  isSigned: optional(flag),
  servers: optional(list(isCaaServer, MAX_FEW)),
  conditions: optional(list(WORDS, MAX_SEEN)),
});

const isFinding = record<ValidationFinding>({
  id: oneOf(...FINDINGS),
  weight: oneOf("stops", "may-stop", "note"),
  values: list(WORDS, MAX_FEW),
});

/** A look that was remembered. */
export const isDomainLook: Shape<DomainLook> = record<DomainLook>({
  domain: NAME,
  at: time,
  cname: optional(isCname),
  file: optional(isFile),
  caa: isCaa,
  findings: list(isFinding, MAX_FEW),
  asked: integer(0, 1_000_000),
});
