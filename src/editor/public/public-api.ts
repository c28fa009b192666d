import { isProduct } from "../../api/product";
import { isLabel } from "../../orders/model/label";
import type { Certificate } from "../../certificates/x509/certificate";
import { ArgumentError } from "../base/arguments";
import type { Collector } from "../window/collector";
import type { PublicApi } from "./public-types";
import type { ReadingService } from "../window/reading-service";

/** The interface for other extensions, over a collector that is loaded when it is first used. */
export function createPublicApi(collector: () => Promise<Collector>, reading: Pick<ReadingService, "run">): PublicApi {
  return {
    version: 1,
    orders: async () => {
      const [made, { publicOrder }] = await Promise.all([collector(), import("./public-order")]);
      return [...made.orderIds()].flatMap((id) => publicOrder(made, id) ?? []);
    },
    track: async ({ account, product, orderNumber, label }) => {
      const made = await collector();
      const found = made.book.account(account);
      if (found === undefined) throw new ArgumentError("There is no such account.");
      if (!isProduct(product)) throw new ArgumentError("There is no such product.");
      const { valueProblem } = await import("../commands/typed-value");
      const problem = valueProblem(product, "orderNumber", orderNumber);
      if (problem !== undefined) throw new ArgumentError(problem);
      if (label !== undefined && label !== "" && !isLabel(label)) {
        throw new ArgumentError("The label is too long, or contains a line break or invisible characters.");
      }
      const name = { ca: found.ca, product, reference: { kind: "orderNumber", value: orderNumber } } as const;
      return (await made.track(name, account, label === undefined ? {} : { label })).id;
    },
    check: async (id) => {
      const [made, { publicOrder }] = await Promise.all([collector(), import("./public-order")]);
      await made.check(id, new AbortController().signal);
      return publicOrder(made, id);
    },
    collect: async (id) => {
      const made = await collector();
      if (made.collected(id) === undefined) await made.check(id, new AbortController().signal);
      const collected = made.collected(id);
      if (collected === undefined) return undefined;
      const bytes = await made.document({ order: id, serialNumber: collected.serialNumber, name: "fullchain.pem" });
      return bytes && Buffer.from(bytes).toString("utf8");
    },
    export: async (id, form, part) => {
      const made = await collector();
      const collected = made.collected(id);
      if (collected === undefined) return undefined;
      return reading.run("exportPublic", { chain: await made.chain(collected), form, part, now: Date.now() });
    },
    decode: async (bytes) => JSON.parse(await reading.run("decode", bytes)) as readonly Certificate[],
    onDidChangeOrders: (listener) => {
      let subscription: { dispose(): void } | undefined;
      let ended = false;
      collector().then(
        (made) => {
          if (!ended) subscription = made.onDidChange(({ orders }) => listener([...orders]));
        },
        () => undefined,
      );
      return {
        dispose: () => {
          ended = true;
          subscription?.dispose();
        },
      };
    },
  };
}
