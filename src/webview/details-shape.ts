import type { Asn1Node } from "../certificates/asn1/asn1-node";
import type {
  DamageNote,
  DetailsObject,
  DetailsPage,
  DetailsRow,
  DetailsSection,
  Image,
  RevocationKnowledge,
  Ruling,
  Sentence,
  ShownFinding,
  Summary,
  Text,
  TreeNode,
  Value,
  Verdict,
} from "../certificates/details/page";
import type { Segment } from "../certificates/names/suspicious-text";
import { MAX_ID } from "./protocol";
import {
  either,
  integer,
  lazily,
  list,
  memberOf,
  oneOf,
  optional,
  record,
  text,
  textLike,
  time,
  variants,
  type Shape,
  type VariantOf,
} from "../shape/shape";

/** Characters of one text; a revocation list of 8 MB in hex has that many. */
const MAX_TEXT = 16 * 1024 * 1024;
/** Objects, rows, names of one list. */
const MAX_ITEMS = 200_000;

const anyText = text(MAX_TEXT);
const id = text(MAX_ID);
const hex = textLike(/^-?[0-9a-fA-F]*$/, MAX_TEXT);
const offset = integer(0, Number.MAX_SAFE_INTEGER);

const segments: Shape<Text> = list(
  record<Segment>({
    text: anyText,
    mark: optional(oneOf("control", "bidi", "invisible", "lookalike", "damaged")),
    note: optional(text(1000)),
    twin: optional(text(10)),
  }),
  MAX_ITEMS,
);

const tone = oneOf("good", "attention", "bad", "none");

const ruling = variants<Ruling, "kind">("kind", {
  revoked: record<VariantOf<Ruling, "kind", "revoked">>({
    kind: oneOf("revoked"),
    since: optional(time),
    issuer: optional(oneOf(true)),
  }),
  unreadable: record({ kind: oneOf("unreadable") }),
  expired: record({ kind: oneOf("expired") }),
  "not-yet": record({ kind: oneOf("not-yet") }),
  counted: record({ kind: oneOf("counted"), errors: integer(0, MAX_ITEMS), warnings: integer(0, MAX_ITEMS) }),
  unchecked: record({ kind: oneOf("unchecked") }),
  "unknown-root": record<VariantOf<Ruling, "kind", "unknown-root">>({
    kind: oneOf("unknown-root"),
    root: optional(segments),
  }),
  "self-signed": record({ kind: oneOf("self-signed") }),
  "no-problems": record<VariantOf<Ruling, "kind", "no-problems">>({
    kind: oneOf("no-problems"),
    revocation: memberOf<RevocationKnowledge>({
      "not-asked": true,
      good: true,
      unknown: true,
      "no-service": true,
      root: true,
    }),
    asked: optional(time),
  }),
  locked: record({ kind: oneOf("locked") }),
  "nothing-to-judge": record({ kind: oneOf("nothing-to-judge") }),
  "nothing-found": record({ kind: oneOf("nothing-found") }),
});

const summary = record<Summary>({
  headline: segments,
  verdict: record<Verdict>({ says: ruling, tone, certificates: optional(integer(2, MAX_ITEMS)) }),
  sentences: list(record<Sentence>({ tone, text: segments }), 1000),
  validity: optional(record<NonNullable<Summary["validity"]>>({ notBefore: time, notAfter: time })),
});

const treeNode: Shape<TreeNode> = record<TreeNode>({
  object: id,
  label: segments,
  children: list(
    lazily(() => treeNode),
    MAX_ITEMS,
  ),
});

const asn1Node: Shape<Asn1Node<string>> = record<Asn1Node<string>>({
  type: anyText,
  offset,
  headerLength: offset,
  length: offset,
  value: optional(anyText),
  shortened: optional(oneOf(true)),
  children: optional(
    list(
      lazily(() => asn1Node),
      MAX_ITEMS,
    ),
  ),
  encapsulates: optional(oneOf(true)),
  problem: optional(anyText),
});

type SafeImage = Extract<Image, { safe: true }>;
type UnsafeImage = Extract<Image, { safe: false }>;

const image: Shape<Image> = either(
  record<SafeImage>({
    safe: oneOf(true),
    mediaType: textLike(/^image\/[a-z0-9.+-]+$/, 100),
    base64: textLike(/^[A-Za-z0-9+/]*={0,2}$/, MAX_TEXT),
    description: segments,
  }),
  record<UnsafeImage>({ safe: oneOf(false), mediaType: anyText, reason: anyText }),
);

const rows: Shape<readonly DetailsRow[]> = list(
  lazily(() => row),
  MAX_ITEMS,
);

const value: Shape<Value> = variants<Value, "kind">("kind", {
  text: record({ kind: oneOf("text"), text: segments }),
  time: record({ kind: oneOf("time"), at: time }),
  day: record({ kind: oneOf("day"), at: time }),
  hex: record({ kind: oneOf("hex"), hex }),
  oid: record<Extract<Value, { kind: "oid" }>>({ kind: oneOf("oid"), oid: anyText, name: optional(anyText) }),
  uri: record({ kind: oneOf("uri"), text: segments }),
  image: record({ kind: oneOf("image"), image }),
  tree: record({ kind: oneOf("tree"), nodes: list(asn1Node, MAX_ITEMS), hex }),
  rows: record({ kind: oneOf("rows"), rows }),
});

const row: Shape<DetailsRow> = record<DetailsRow>({
  label: anyText,
  values: list(value, MAX_ITEMS),
  oid: optional(anyText),
  explanation: optional(anyText),
  copy: anyText,
});

const finding = record<ShownFinding>({
  id,
  severity: oneOf("error", "warning", "info"),
  message: anyText,
  advice: optional(anyText),
  clause: optional(anyText),
  section: optional(anyText),
});

const section = record<DetailsSection>({
  id,
  title: anyText,
  rows,
  oid: optional(anyText),
  critical: optional(oneOf(true, false)),
  explanation: optional(anyText),
});

const object = record<DetailsObject>({
  id,
  kind: anyText,
  heading: segments,
  place: anyText,
  damaged: optional(oneOf(true)),
  findings: list(finding, 1000),
  sections: list(section, MAX_ITEMS),
});

export const detailsShape = record<DetailsPage>({
  title: segments,
  summary,
  tree: list(treeNode, MAX_ITEMS),
  objects: list(object, MAX_ITEMS),
  damage: list(record<DamageNote>({ offset, place: anyText, message: anyText, harmless: optional(oneOf(true)) }), 1000),
});
