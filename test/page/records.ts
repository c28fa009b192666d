import type { RecordsCard, RecordsDomain, RecordToPublish } from "../../src/webview/protocol";

const MD5 = "5db0d3483e94b1fea194bb49200266e9";
const TARGET = "ad9686962576e56ea8e4eecfa266afdc.3c91da5cd4fff48f267f0dbc4be5e703.sectigo.com";

const cname = (zone: string): RecordToPublish => ({
  title: "CNAME record",
  fields: [
    { label: "Host", value: `_${MD5}.${zone}` },
    { label: `Host in the zone ${zone}`, value: `_${MD5}` },
    { label: "Type", value: "CNAME" },
    { label: "Target", value: TARGET },
  ],
  line: `_${MD5}.${zone}. CNAME ${TARGET}.`,
  notes: [`Enter the short host where the form appends ${zone} by itself. Leave the record until the order is issued.`],
});

const file = (host: string): RecordToPublish => {
  const path = `/.well-known/pki-validation/${MD5.toUpperCase()}.txt`;
  return {
    title: "File for the web root",
    fields: [
      { label: "Path", value: path },
      { label: "Over http", value: `http://${host}${path}` },
      {
        label: "Contents",
        value: "ad9686962576e56ea8e4eecfa266afdc3c91da5cd4fff48f267f0dbc4be5e703\nsectigo.com\nAb12",
      },
    ],
    notes: [`It counts for ${host} alone.`],
  };
};

/** What blocks an order of some domains: one that is done, one without its file, and CAA of a parent zone. */
export function blockedRecords(now: number): RecordsCard {
  return {
    heading: "What blocks this order",
    request: [
      { tone: "none", words: "For the request in certs/www.csr. The CA does not tell whether it is this order's." },
      { tone: "attention", words: "Its token served order 1234566 before. Give this order a unique value." },
    ],
    at: now - 120_000,
    asked: "192.0.2.53, and the servers of each zone, from this computer",
    domains: [
      {
        domain: "b.example",
        state: { tone: "good", words: "In place, as far as this computer sees" },
        method: "by a CNAME record",
        standings: [{ tone: "good", words: "CNAME record: in place, as far as this computer sees" }],
        records: [cname("b.example")],
        findings: [],
        seen: [
          {
            ...{ tone: "good", words: "the right record" },
            ...{ server: "resolver 192.0.2.53", question: `CNAME _${MD5}.b.example` },
          },
        ],
      },
      blockedDomain("www.shop.example"),
    ],
    limits: [
      "Other places may see something else: the CA asks from several networks.",
      "The CA may still go by an older answer about CAA.",
    ],
    actions: [
      { id: "checkRecords", label: "Check Records…" },
      { id: "chooseRequest", label: "Choose Another Request…" },
      { id: "saveValidationFile", label: "Save the File for the Web Root…" },
      { id: "watchRecords", label: "Watch Records" },
    ],
  };
}

function blockedDomain(domain: string): RecordsDomain {
  const question = `CNAME _${MD5}.${domain}`;
  return {
    domain,
    state: { tone: "bad", words: "CAA forbids the CA to issue" },
    method: "by a file over http",
    standings: [
      { tone: "attention", words: "The CA waits for you" },
      { tone: "attention", words: "File: not in place" },
    ],
    records: [cname("shop.example"), file(domain)],
    findings: [
      {
        ...{ tone: "bad", words: "The file is on shop.example, but not on www.shop.example." },
        next: "Put it on both hosts: a file proves its own host alone.",
      },
    ],
    seen: [
      { tone: "none", words: "no such name (NXDOMAIN)", server: "resolver 192.0.2.53", question },
      { tone: "attention", words: "no answer in time", server: "ns1.shop.example (192.0.2.1)", question },
      {
        ...{ tone: "bad", words: "another record: parked.example.net" },
        ...{ server: "ns2.shop.example (2001:db8::53)", question: `CNAME _${MD5}.shop.example` },
      },
    ],
    caa: {
      ...{ tone: "bad", words: "CAA forbids the CA to issue: the set of shop.example counts" },
      set: {
        title: "CAA records of shop.example",
        records: [
          { flags: "0", tag: "issue", value: "ca.example" },
          { flags: "128", tag: "tbs", value: "" },
        ],
      },
      add: [
        {
          title: "Record to add",
          fields: [
            { label: "Host", value: "shop.example" },
            { label: "Type", value: "CAA" },
            { label: "Value", value: '0 issue "sectigo.com"' },
          ],
          line: 'shop.example. CAA 0 issue "sectigo.com"',
          notes: [],
        },
      ],
      seen: [],
    },
  };
}

/** The records of a request without an order, before anything was looked at. */
export function requestRecords(domains: readonly string[]): RecordsCard {
  return {
    heading: "Validation records",
    request: [{ tone: "none", words: "For the request in www.csr." }],
    domains: domains.map((domain) => ({
      domain,
      state: { tone: "none", words: "Not looked at yet" },
      standings: [],
      records: [cname(domain), file(domain)],
      findings: [],
      seen: [],
    })),
    limits: [],
    actions: [{ id: "checkRecords", label: "Check Records…" }],
  };
}
