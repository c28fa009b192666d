import type { Asked, CollectedCertificate, Doubt, Order } from "../model/order";
import { isIdAt } from "../model/order-id";
import type { Reported } from "../model/reported";
import type { ServiceName } from "../../api/services/service";
import { MAX_ORDER_SERVERS } from "../model/deployment";
import { isServerPlace } from "../model/server-place";
import { taskRunOf } from "./deployment-parts";
import type { OrderParts, OrderValues } from "./order-parts";
import type { Register } from "./register";

/** The order that results from the parts; the same object until they change. */
export function viewOf(parts: OrderParts): Order | undefined {
  const tracked = parts.get("tracked");
  return tracked && (parts.view ??= makeView(parts, tracked));
}

function makeView(parts: OrderParts, tracked: OrderValues["tracked"]): Order {
  const { id, doubts } = parts;
  parts.pack();
  const asked = parts.get("asked");
  const said = parts.get("answer");
  const failure = parts.get("failure");
  const hasFailed = failure !== undefined && (said === undefined || parts.isLater("failure", "answer"));
  const answer = hasFailed ? failure : said;
  const standing = parts.get("standing");
  const certificates = parts.collected.map(({ value }) => withDoubts(value, doubts?.get(value.leaf)?.value));
  const warned = (["warnedOfCertificate", "warnedOfServed", "warnedOfTerm"] as const).flatMap(
    (part) => parts.get(part) ?? [],
  );
  const trackedLast = parts.stampOf("tracked")?.t ?? 0;
  // 0 and an empty text take back what was said before.
  const [label, openedAt, watchedAt] = [parts.get("label"), parts.get("openedAt"), parts.get("watchedAt")];
  return {
    id,
    ...tracked,
    trackedAt: parts.firstTrackedAt ?? trackedLast,
    tags: parts.get("tags") ?? NO_TAGS,
    certificates,
    paused: parts.get("paused") === true,
    muted: parts.get("muted") === true,
    ...(!isIdAt(tracked.ca, id) && { movedAt: trackedLast }),
    ...(label && { label }),
    ...(asked && { asked: askedOf(asked, parts.isLater(hasFailed ? "failure" : "answer", "asked")) }),
    ...(answer && { answer }),
    ...(hasFailed && said && { said }),
    // The same object, if it is the same answer.
    ...(standing && standing !== said && { standing }),
    ...copied(parts, "detail"),
    ...(openedAt && { openedAt }),
    ...copied(parts, "saved"),
    ...deploymentOf(parts),
    ...copied(parts, "revocation"),
    ...(warned.length > 0 && { warned }),
    ...(watchedAt && { watchedAt }),
    ...copied(parts, "look"),
    ...copied(parts, "agreedAt"),
    ...copied(parts, "codeSetAt"),
    ...copied(parts, "archived"),
    ...reportedOf(parts),
    ...copied(parts, "validation"),
    ...(parts.servicesAsked && { servicesAsked: timesOf(parts.servicesAsked) }),
  };
}

/** Member by member: V8 gives each object that is spread and extended a hidden class of its own, 200 bytes an order. */
function askedOf({ at, why, question, credential }: OrderValues["asked"], answered: boolean): Asked {
  return credential === undefined ? { at, why, question, answered } : { at, why, question, answered, credential };
}

const NO_TAGS: readonly string[] = [];

/** A part that an order has under the same name, if it was written. */
function copied<K extends keyof OrderValues>(parts: OrderParts, name: K): Partial<Pick<OrderValues, K>> {
  const value = parts.get(name);
  return value === undefined ? {} : ({ [name]: value } as Pick<OrderValues, K>);
}

function reportedOf(parts: OrderParts): { reported?: Reported } {
  const at = parts.stampOf("reported")?.t;
  if (at === undefined) return {};
  const [row, newsAt] = [parts.get("reported"), parts.get("reportNews")];
  return { reported: { at, ...(row && { row }), ...(newsAt !== undefined && { newsAt }) } };
}

function deploymentOf(parts: OrderParts): Pick<Order, "afterSaving" | "taskRun" | "servers" | "served"> {
  const [afterSaving, started] = [parts.get("afterSaving"), parts.get("taskStarted")];
  const servers = parts.get("servers")?.filter(isServerPlace).slice(0, MAX_ORDER_SERVERS);
  // An empty name and an empty list take back what was said before.
  return {
    ...(afterSaving && afterSaving.task !== "" && { afterSaving }),
    ...(servers && servers.length > 0 && { servers }),
    ...(started && { taskRun: taskRunOf(started, parts.get("taskEnded")) }),
    ...(parts.served && { served: parts.served.all() }),
  };
}

function timesOf(asked: ReadonlyMap<ServiceName, Register<number>>): NonNullable<Order["servicesAsked"]> {
  return Object.fromEntries([...asked].map(([service, { value }]) => [service, value]));
}

function withDoubts(collected: CollectedCertificate, doubts: readonly Doubt[] = []): CollectedCertificate {
  return doubts.length === 0 ? collected : { ...collected, doubts };
}
