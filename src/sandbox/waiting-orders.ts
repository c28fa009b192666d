import { domainValidated, extendedValidation } from "./profiles";
import type { OrderScript } from "./script";
import { awaiting, EV_OPEN, sslOrder } from "./ssl-orders";

/** Orders of CollectSSL that wait forever for one thing each, which the services name. */

export const WAITING_ORDERS: readonly OrderScript[] = [
  {
    ...sslOrder(
      25,
      "DV for three domains: two wait forever, one for a CNAME record and one for a file",
      [
        {
          kind: "pending",
          what: "waits for the CNAME record of b.example and the file of c.example",
          validation: awaiting(
            { dcvStatus: 2 },
            {
              domains: [
                ["a.example", "VALIDATED"],
                ["b.example", "NOTVALIDATED"],
                ["c.example", "NOTVALIDATED"],
              ],
            },
          ),
        },
      ],
      domainValidated({ key: "p-256", dnsNames: ["a.example", "b.example", "c.example"] }),
    ),
    methods: ["EMAIL", "CNAME CSR Hash", "HTTP CSR Hash"],
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
];
