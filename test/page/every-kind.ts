import type { DetailsObject, DetailsPage, DetailsRow, DetailsSection, Text } from "../../src/certificates/details/page";
import { segments } from "../../src/certificates/names/suspicious-text";

const text = (value: string): Text => segments(value, "domain");

const row = (label: string, value: string): DetailsRow => ({
  label,
  values: [{ kind: "text", text: text(value) }],
  copy: value,
});

const names: DetailsSection = {
  id: "subjectAltName",
  title: "Subject Alternative Name",
  oid: "2.5.29.17",
  critical: true,
  explanation: "The names that it is valid for.",
  rows: [
    row("DNS name", "www.example.test"),
    row("DNS name", "example.test"),
    {
      label: "DNS name",
      values: [
        { kind: "text", text: text("xn--80ak6aa92e.example") },
        { kind: "text", text: text("\u0430\u0440\u0440\u04cf\u0435.example") },
      ],
      copy: "xn--80ak6aa92e.example",
    },
  ],
};

/** A pixel, as PNG. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const values = (now: number): DetailsSection => ({
  id: "values",
  title: "All Kinds of Values",
  rows: [
    { ...row("Text", "a\u202eb"), oid: "1.2.3", explanation: "UTF8String" },
    { label: "Time", values: [{ kind: "time", at: now }], copy: new Date(now).toISOString() },
    { label: "Day", values: [{ kind: "day", at: Date.UTC(2026, 10, 20, 23, 59, 59) }], copy: "2026-11-20" },
    { label: "Hex", values: [{ kind: "hex", hex: "-00ff" }], copy: "-00ff" },
    {
      label: "Purposes",
      values: [
        { kind: "oid", oid: "1.3.6.1.5.5.7.3.1", name: "TLS server" },
        { kind: "oid", oid: "1.2.3.4" },
      ],
      copy: "TLS server (1.3.6.1.5.5.7.3.1)\n1.2.3.4",
    },
    { label: "Address", values: [{ kind: "uri", text: text("http://a.example/") }], copy: "http://a.example/" },
    {
      label: "Picture",
      values: [
        { kind: "image", image: { safe: true, mediaType: "image/png", base64: PIXEL, description: text("A logo") } },
        { kind: "image", image: { safe: false, mediaType: "image/svg+xml", reason: "it has a script" } },
      ],
      copy: "",
    },
    {
      label: "Structure",
      values: [
        {
          kind: "tree",
          hex: "300502010a0c0141",
          nodes: [
            {
              type: "SEQUENCE",
              offset: 40,
              headerLength: 2,
              length: 5,
              problem: "1 byte is missing",
              children: [
                { type: "INTEGER", offset: 42, headerLength: 2, length: 1, value: "10" },
                { type: "UTF8String", offset: 45, headerLength: 2, length: 1, value: "A\u0000", shortened: true },
              ],
            },
          ],
        },
      ],
      copy: "",
    },
    {
      label: "Distribution point",
      values: [{ kind: "rows", rows: [row("Name", "one"), row("Reasons", "two")] }],
      copy: "Name: one\nReasons: two",
    },
  ],
});

const object = (id: string, kind: string, name: string, sections: readonly DetailsSection[]): DetailsObject => ({
  id,
  kind,
  heading: text(name),
  place: `PEM block ${kind}`,
  findings: [],
  sections,
});

/** A page with every kind of thing that a page can have. @param now epoch ms */
export function everyKind(now: number): DetailsPage {
  const leaf: DetailsObject = {
    ...object("aa", "Certificate", "www.example.test", [names, values(now)]),
    findings: [
      {
        id: "names.cn",
        severity: "error",
        message: "The common name is not among the names.",
        advice: "Order it again.",
        clause: "BR 7.1.4.3",
        section: "subjectAltName",
      },
      { id: "odd", severity: "warning", message: "Something is odd." },
      { id: "known", severity: "info", message: "Something is known.", section: "values" },
    ],
  };
  return {
    title: text("www.example.test"),
    summary: {
      headline: text("www.example.test"),
      verdict: { says: { kind: "counted", errors: 1, warnings: 2 }, tone: "bad" },
      sentences: [
        { tone: "attention", text: text("Valid for 20 days more.") },
        { tone: "none", text: text("For 3 domain names.") },
      ],
      validity: { notBefore: now - 80 * 86_400_000, notAfter: now + 20 * 86_400_000 },
    },
    tree: [
      {
        object: "bb",
        label: text("Example Root"),
        children: [{ object: "aa", label: text("www.example.test"), children: [] }],
      },
    ],
    objects: [
      leaf,
      object("bb", "Root certificate", "Example Root", [
        { id: "subject", title: "Subject", rows: [row("Common Name", "Example Root")] },
      ]),
      object("2", "Private key", "Private key", [{ id: "privateKey", title: "Private Key", rows: [] }]),
    ],
    damage: [
      { offset: 2048, place: "PEM block CERTIFICATE", message: "The block has no end." },
      { offset: 0, place: "", message: "The digest was not checked.", harmless: true },
    ],
  };
}
