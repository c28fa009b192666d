import { PRODUCTS } from "../../api/product";
import { MAX_IMPORT_CHARACTERS } from "../../orders/import/limits";
import { NUMBER_KINDS, type Account } from "../../orders/model/order";
import { Arguments, ArgumentError } from "../base/arguments";
import { locale, localize } from "../base/localize";
import { showInput } from "../base/messages";
import type { Program } from "../window/program";
import { tagsProblem } from "./edit-orders";
import { importOrders } from "./import-orders";
import { labelProblemSaid } from "./label-words";
import { askForOrders } from "./order-box";
import { trackFromText, type TrackedFromText } from "./track-from-text";
import { trackOne, type TrackedOne, type TrackOptions } from "./track-one";
import { typedProblem } from "./typed-value";
import { phrase } from "../../words/phrase";

const REFERENCE_KINDS = [...NUMBER_KINDS, "collectionCode"] as const;

/**
 * Tracks an order that a person types or pastes, or that the argument names by `product`, `reference` and `number`
 * (never by a collection code); what it does not name is asked for. A `text` is parsed like pasted text, and shown
 * before anything is tracked.
 */
export async function trackOrder(
  program: Program,
  argument: unknown,
): Promise<TrackedOne | TrackedFromText | undefined> {
  const given = new Arguments(argument);
  const text = given.text("text", MAX_IMPORT_CHARACTERS);
  if (text !== undefined) return trackFromText(program, text);
  const options = optionsOf(program, given);
  const kind = given.choice("reference", REFERENCE_KINDS) ?? "orderNumber";
  const [number, label] = [given.text("number"), given.text("label")];
  const named = { line: 1, ...(label !== undefined && { label }) };
  if (kind === "collectionCode") {
    const code = await askCode();
    const found = code === undefined ? undefined : { ...named, reference: { kind }, collectionCode: code };
    if (code !== undefined) program.collector.log.mask(code);
    return found && trackOne(program, found, options);
  }
  if (number !== undefined) return trackOne(program, { ...named, reference: { kind, value: number } }, options);
  const typed = await askForOrders(program);
  switch (typed?.kind) {
    case undefined:
      return undefined;
    case "order":
      return trackOne(program, { ...typed.order, ...named }, { ...options, isTyped: true });
    case "text":
      return trackFromText(program, typed.text);
    case "file":
      return importOrders(program, undefined);
  }
}

/** @throws ArgumentError when the argument names what there is not, or cannot be shown */
function optionsOf({ collector }: Program, given: Arguments): TrackOptions {
  const tags = given.list("tags");
  const wrong = tagsProblem(tags ?? []) ?? labelProblemSaid(given.text("label") ?? "");
  if (wrong !== undefined) throw new ArgumentError(wrong);
  const id = given.text("account");
  const account: Account | undefined = id === undefined ? undefined : collector.book.account(id);
  if (id !== undefined && account === undefined) throw new ArgumentError(phrase("There is no account “{0}”.", id));
  const product = given.choice("product", PRODUCTS);
  return {
    isTyped: false,
    ...(product !== undefined && { product }),
    ...(account !== undefined && { account }),
    ...(tags !== undefined && { tags }),
  };
}

function askCode(): Promise<string | undefined> {
  return showInput({
    title: localize("Track Order"),
    prompt: localize("The code from the collection e-mail. It is kept like a password."),
    secret: true,
    check: (text) => typedProblem("ccc", "collectionCode", text, locale),
  });
}
