import type { Action, CheckReport, OrderCard } from "../../src/webview/protocol";

/** A waiting order with every state of a step, and more history than shows at first. @param now epoch ms */
export function waitingOrder(now: number): OrderCard {
  return {
    title: "Order 1234567",
    state: { tone: "attention", words: "Waiting for you: prove control of b.example" },
    facts: [
      { kind: "text", label: "Product", text: "SSL/TLS certificate" },
      { kind: "text", label: "Account", text: "Example Harbour" },
      { kind: "time", label: "Last checked", at: now - 3_000_000 },
      { kind: "time", label: "Next check", at: now + 7_800_000 },
      { kind: "text", label: "Product term", text: "Until 2027-11-20" },
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
      words: index === 13 ? "Tracked" : "Checked: still pending",
    })),
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
      title: "Collected and ordered",
      results: [
        { tone: "good", words: "All 2 ordered names are in the certificate." },
        { tone: "bad", words: "Ordered, but missing from the certificate: b.example." },
        { tone: "none", words: "No private key was found to compare it with." },
      ],
    },
    {
      title: "Revocation",
      at: now - 60_000,
      results: [{ tone: "attention", words: "ocsp.example: The server did not answer in time." }],
    },
  ];
}
