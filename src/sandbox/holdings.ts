import type { Holding } from "./accounts";
import { mulberry32 } from "./bulk";
import { ODD_ORDERS } from "./odd-orders";
import { domainValidated } from "./profiles";
import type { DomainValidation, IssueScript, OrderScript, Stage } from "./script";
import { AWAITING } from "./ssl-orders";

/**
 * Orders that only some accounts have. They were placed long before the sandbox started, and their certificates are
 * made when somebody collects them. Their numbers have ten digits, as the CA's have: 2,978 of them fit into one report.
 */

/** The one of the 3,000 that is reissued, this many steps after the start. */
export const REISSUED = { orderNumber: "7000001234", afterSteps: 20 } as const;

const ISSUED: Stage = { kind: "issued", what: "issued, ready to collect", certificate: 0 };
const WAITING: Stage = { kind: "pending", what: "waits for domain control", validation: AWAITING };

/** @param holding what an account has of its own */
export function holdingOrders(holding: Holding): readonly OrderScript[] {
  switch (holding) {
    case "none":
      return [];
    case "some":
      return Array.from({ length: 250 }, placedEarlier(6_000_000_001, "some.example"));
    case "many":
      return Array.from({ length: 3000 }, placedEarlier(7_000_000_001, "many.example"));
    case "odd":
      return ODD_ORDERS;
  }
}

const HOSTS = ["www", "shop", "mail", "api", "portal"];

/** The same orders at each start: most are valid, some are expired, revoked, rejected or wait. */
function placedEarlier(first: number, domain: string): (_: unknown, place: number) => OrderScript {
  const random = mulberry32(first);
  return (_, place) => {
    const orderNumber = String(first + place);
    const name = `${HOSTS[place % HOSTS.length]}-${String(place + 1).padStart(4, "0")}.${domain}`;
    const profile = domainValidated({ key: "p-256", dnsNames: [name, `alt.${name}`] });
    const isReissued = orderNumber === REISSUED.orderNumber;
    const fate = isReissued ? REISSUE : FATES[Math.floor(random() * 100)];
    const daysLeft = fate?.isExpired ? -1 - Math.floor(random() * 300) : 3 + Math.floor(random() * 187);
    const issued: IssueScript = { profile, daysLeft };
    return {
      product: "ssl",
      title: name,
      orderNumber,
      certificateIDs: isReissued ? [`${orderNumber}01`, `${orderNumber}02`] : [`${orderNumber}01`],
      certificates: isReissued ? [issued, { profile }] : [fate?.isNeverIssued ? { profile } : issued],
      stages: fate?.stages(name) ?? VALID,
      ...(fate?.isNeverIssued && { methods: ["CNAME CSR Hash", "EMAIL"] }),
      startsAtOnce: true,
    };
  };
}

interface Fate {
  readonly stages: (name: string) => readonly Stage[];
  readonly isExpired?: true;
  readonly isNeverIssued?: true;
}

const VALID: readonly Stage[] = [ISSUED];

const REISSUE: Fate = {
  stages: () => [
    { ...ISSUED, steps: REISSUED.afterSteps },
    { kind: "issued", what: "reissued: a new serial number and a new key", certificate: 1 },
  ],
};

/** By per cent of the orders; those beyond the list are valid. */
const FATES: readonly Fate[] = [
  ...Array<Fate>(4).fill({ stages: () => VALID, isExpired: true }),
  ...Array<Fate>(2).fill({
    stages: () => [
      { ...ISSUED, steps: 0 },
      { kind: "refused", what: "revoked", code: -21 },
    ],
  }),
  ...Array<Fate>(2).fill({ stages: (name) => [waiting(name)], isNeverIssued: true }),
  { stages: () => [{ kind: "refused", what: "awaiting payment", code: -22 }], isNeverIssued: true },
  { stages: () => [{ kind: "refused", what: "rejected", code: -20 }], isNeverIssued: true },
];

function waiting(name: string): Stage {
  const domains: readonly DomainValidation[] = [
    [name, "NOTVALIDATED"],
    [`alt.${name}`, "VALIDATED"],
  ];
  return { ...WAITING, kind: "pending", validation: { ...AWAITING, domains } };
}
