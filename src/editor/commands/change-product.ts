import { PRODUCTS, type Product } from "../../api/product";
import type { Order, OrderId } from "../../orders/model/order";
import { Arguments } from "../base/arguments";
import { showPick } from "../base/messages";
import type { Program } from "../window/program";
import { chooseOrder } from "./choices";
import { checkReference, productChoice, productsFor } from "./track-one";
import { localize } from "../base/localize";

/**
 * Tracks an order as another product, at the same CA with the same account, name and tags. The one before goes once the
 * new one is there.
 * @throws ArgumentError when the CA's page has no such number for the product
 */
export async function changeProduct(
  program: Program,
  argument: unknown,
): Promise<{ readonly order: OrderId } | undefined> {
  const { collector, memory, reveal } = program;
  const given = new Arguments(argument);
  const question = localize("Choose an order to track as another product");
  const id = await chooseOrder(collector, given, question, isOpen, {
    words: localize("Each order has its certificate, so its product is known."),
    next: { label: localize("Track Order…"), command: "trackOrder" },
  });
  const before = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || before === undefined) return undefined;
  const product = given.choice("product", PRODUCTS) ?? (await askOther(before));
  // The question may have been open for hours.
  const order = collector.book.get(id);
  if (product === undefined || order === undefined) return undefined;
  const { ca, reference, account, label, tags } = order;
  const byCode = reference.kind === "collectionCode";
  const collectionCode = byCode ? await collector.secrets.collectionCode(order) : undefined;
  checkReference({ reference, line: 1, ...(collectionCode !== undefined && { collectionCode }) }, product);
  const result = await collector.track({ ca, product, reference }, account, {
    ...(label !== undefined && { label }),
    tags,
    ...(collectionCode !== undefined && { collectionCode }),
  });
  if (result.id !== id) await collector.book.record([{ type: "forgotten", id }]);
  memory.note({ [byCode ? "codeProduct" : "product"]: product });
  await reveal(result.id, true);
  return { order: result.id };
}

/** Nothing was issued for it, which would say what it is. */
const isOpen = ({ certificates }: Order): boolean => certificates.length === 0;

function askOther({ product, reference }: Order): Promise<Product | undefined> {
  return showPick({
    title: localize("Change Product"),
    placeholder: localize("What was ordered?"),
    choices: productsFor({ reference, line: 1 })
      .filter((each) => each !== product)
      .map(productChoice),
  });
}
