import type { Action, CheckReport, OrderCard } from "../../src/webview/protocol";

/** A waiting order with every state of a step, and more history than shows at first. @param now epoch ms */
export function waitingOrder(now: number): OrderCard {
  return {
    title: "b.example",
    heading: "Order 1234567",
    state: { tone: "attention", words: "Waiting for you: prove control of b.example" },
    facts: [
      { kind: "text", label: "Product", text: "SSL/TLS certificate, order 1234567" },
      { kind: "text", label: "Account", text: "Example Harbour" },
      { kind: "time", label: "Last checked", at: now - 3_000_000 },
      { kind: "time", label: "Next check", at: now + 7_800_000 },
      { kind: "text", label: "Paid term until", text: "Nov 20, 2027" },
    ],
    steps: [
      { title: "Certificate signing request", state: "done", next: "" },
      { title: "Domain control of b.example", state: "you", next: "Put the CNAME record into the zone b.example." },
      { title: "Organization", state: "ca", next: "The CA calls the number that it found." },
      { title: "CAA", state: "rejected", next: "Allow sectigo.com in the CAA record." },
      { title: "Subscriber agreement", state: "not-needed", next: "" },
    ],
    history: Array.from({ length: 14 }, (_, index) => ({
      at: now - index * 10_800_000,
      words: index === 13 ? "Tracked" : index === 0 ? "Checked 33 times, unchanged" : "Checked: still pending",
    })),
  };
}

/** A waiting order, with what the CA's services said of it. @param now epoch ms */
export function waitsForMuch(now: number): OrderCard {
  return {
    ...waitingOrder(now),
    validation: {
      at: now - 60_000,
      steps: [
        { title: "CSR", status: "Completed", state: "done", description: "" },
        {
          ...{ title: "Subscriber Agreement", status: "ActionRequired", state: "you" },
          description: "We sent an e-mail with a link to the agreement to the address that you gave with the order.",
        },
        { title: "Callback", status: "In progress", state: "ca", description: "" },
        { title: "Something New", status: "AwaitingMoonrise", description: "No documentation says what this is." },
      ],
      domains: [
        { title: "b.example", status: "by a CNAME record · Not Validated", state: "you", description: "" },
        { title: "c.example", status: "by e-mail · Validated", state: "done", description: "" },
      ],
      notes: [
        "Order status: Pending",
        "The CA's e-mail about the agreement was sent on 2026-11-20 and not opened.",
        "CAA check: b.example has an issue record for ca.example alone.",
        "No answer from GetMDCDomainDetails",
      ],
    },
  };
}

/** An order that the CA does not issue. @param now epoch ms */
export function rejectedOrder(now: number): OrderCard {
  const { facts, steps, history, ...order } = waitingOrder(now);
  return {
    ...order,
    state: { tone: "bad", words: "Not issued: Rejected" },
    facts: [
      { kind: "text", label: "What to do", text: "Ask the CA why, and place a new order." },
      ...facts.filter(({ label }) => label !== "Next check"),
    ],
    steps: steps.filter(({ state }) => state !== "you" && state !== "ca"),
    history: history.slice(0, 3),
  };
}

export const ACTIONS: readonly Action[] = [
  { id: "checkOrder", label: "Check Now" },
  { id: "showLog", label: "Show Log" },
];

/** What was compared, and what a server answered. @param now epoch ms */
export function reports(now: number): readonly CheckReport[] {
  return [
    {
      title: "Differs from your order",
      results: [
        { tone: "good", words: "All 2 ordered names are in the certificate." },
        { tone: "bad", words: "Ordered, but missing from the certificate: b.example." },
        { tone: "none", words: "Nothing to compare: certificate request, private key." },
      ],
    },
    {
      title: "Revocation",
      at: now - 60_000,
      results: [{ tone: "attention", words: "ocsp.example: The server did not answer in time." }],
    },
  ];
}
