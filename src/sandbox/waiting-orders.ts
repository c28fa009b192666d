import { domainValidated, extendedValidation } from "./profiles";
import type { DomainValidation, OrderScript, Stage } from "./script";
import { awaiting, AWAITING, EV_OPEN, preSignFailed, sslOrder } from "./ssl-orders";

/** Orders of CollectSSL that wait for one thing each until it is done; the services name it. */

/** Waits until all of its domains are proved. */
function waits(what: string, domains: readonly DomainValidation[]): Stage {
  return { kind: "pending", what, validation: awaiting({ dcvStatus: 2 }, { domains }) };
}

export const WAITING_ORDERS: readonly OrderScript[] = [
  {
    ...sslOrder(
      25,
      "DV for three domains: one waits for its CNAME record, one for its file; then issued",
      [
        waits("waits for the CNAME record of b.example and the file of c.example", [
          ["a.example", "VALIDATED"],
          ["b.example", "NOTVALIDATED"],
          ["c.example", "NOTVALIDATED"],
        ]),
      ],
      domainValidated({ key: "p-256", dnsNames: ["a.example", "b.example", "c.example"] }),
    ),
    methods: ["EMAIL", "CNAME CSR Hash", "HTTP CSR Hash"],
    looksUp: true,
  },
  sslOrder(
    26,
    "EV: waits forever for the subscriber agreement, whose mail was opened",
    [
      {
        kind: "pending",
        what: "waits for you to accept the subscriber agreement",
        validation: awaiting({ ...EV_OPEN, evOperationalExistence: 1, evSignerApproverRequester: 1 }),
      },
    ],
    extendedValidation({ key: "p-256", dnsNames: ["signing.sandbox.example"] }),
  ),
  {
    ...sslOrder(
      27,
      "DV: waits until a CNAME record is published, then issued",
      [
        waits("waits for the CNAME record of garden.example", [
          ["garden.example", "NOTVALIDATED"],
          ["www.garden.example", "NOTVALIDATED"],
        ]),
      ],
      domainValidated({ key: "p-256", dnsNames: ["garden.example", "www.garden.example"] }),
    ),
    methods: ["CNAME CSR Hash"],
    looksUp: true,
  },
  {
    ...sslOrder(
      28,
      "DV, RSA key: waits until a file is published on each of two hosts, then issued",
      [
        waits("waits for the file of harbour.example and www.harbour.example", [
          ["harbour.example", "NOTVALIDATED"],
          ["www.harbour.example", "NOTVALIDATED"],
        ]),
      ],
      domainValidated({ key: "rsa-2048", dnsNames: ["harbour.example", "www.harbour.example"] }),
    ),
    methods: ["HTTP CSR Hash"],
    looksUp: true,
  },
  {
    ...sslOrder(
      29,
      "CAA of the domain above forbids the CA: waits until it is mended and another check is asked for, then issued",
      [
        { kind: "pending", what: "waits for you to prove control of the domain", validation: AWAITING },
        {
          kind: "pending",
          what: "waits for you to authorise the CA in the CAA record of store.example, and to ask for another check",
          validation: preSignFailed(awaiting({ dcvStatus: 1 })),
        },
      ],
      domainValidated({ key: "p-256", dnsNames: ["pay.store.example"] }),
    ),
    looksUp: true,
  },
];

/** CAA that is there when the sandbox starts: of a domain above that of 1000029. */
export const FORBIDDING_CAA = { name: "store.example", issuer: "ca.example" } as const;
