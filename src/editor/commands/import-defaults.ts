import { PRODUCTS, type Product } from "../../api/product";
import { accountNamed, goesByCode } from "../../orders/import/resolve-order";
import type { ParsedOrder } from "../../orders/import/parsed-order";
import type { Account, CaName } from "../../orders/model/order";
import { runMultiStepInput, type InputStep } from "../base/multi-step-input";
import type { Program } from "../window/program";
import { askAccount } from "./accounts";
import { accountChoice, caChoice, knownCas } from "./choices";
import { productChoice } from "./track-one";
import { localize } from "../base/localize";

/** What a person chose for those orders of a text that do not say it themselves. */
export interface ImportDefaults {
  product?: Product;
  account?: Account;
  /** Where orders that are identified by a collection code alone are. */
  codeCa: CaName;
}

/** The choices for orders that are identified by number. */
export function productAndAccount({ product, account }: ImportDefaults): { product?: Product; account?: string } {
  return { ...(product !== undefined && { product }), ...(account !== undefined && { account: account.id }) };
}

/**
 * Asks once for the product and the account of the orders that do not say theirs.
 * @returns undefined when the person left
 */
export async function askImportDefaults(
  program: Program,
  orders: readonly ParsedOrder[],
): Promise<ImportDefaults | undefined> {
  const { collector, memory } = program;
  const chosen: ImportDefaults = { codeCa: "sectigo" };
  const accounts = collector.book.accounts();
  const unknown = orders.filter(({ product }) => product === undefined).length;
  const ownerless = orders.filter((found) => accountNamed(found, { accounts }) === undefined).length;
  const byCodeAlone = orders.every(({ reference }) => reference.kind === "collectionCode");
  if (accounts.length === 0 && !byCodeAlone) {
    return (await askAccount(program, undefined)) && askImportDefaults(program, orders);
  }
  const productStep: InputStep = async (input) => {
    chosen.product = await input.pick({
      placeholder:
        unknown === 1
          ? localize("What was ordered? 1 order does not say.")
          : localize("What was ordered? {0} orders do not say.", unknown),
      choices: firstOf(PRODUCTS, (product) => product === memory.last.product).map(productChoice),
    });
  };
  const accountStep: InputStep = async (input) => {
    chosen.account = await input.pick({
      placeholder:
        ownerless === 1
          ? localize("Which account does it belong to?")
          : localize("Which account do they belong to? {0} orders do not say.", ownerless),
      choices: firstOf(accounts, ({ id }) => id === memory.last.account).map(accountChoice),
    });
  };
  const cas = knownCas(accounts);
  const caStep: InputStep = async (input) => {
    const byCode = orders.filter((found) => {
      return found.host === undefined && goesByCode(found, { accounts, ...productAndAccount(chosen) });
    }).length;
    if (byCode === 0 || cas.length === 1) return;
    chosen.codeCa = await input.pick({
      placeholder: localize("Where was it ordered? The collection code is sent there."),
      choices: cas.map(caChoice),
    });
  };
  const [only] = accounts;
  if (accounts.length === 1 && only !== undefined) chosen.account = only;
  const steps = [
    ...(unknown > 0 ? [productStep] : []),
    ...(accounts.length > 1 && ownerless > 0 && !byCodeAlone ? [accountStep] : []),
    caStep,
  ];
  return (await runMultiStepInput(localize("Track Orders"), steps)) ? chosen : undefined;
}

/** A list with what was chosen last in front. */
function firstOf<T>(all: readonly T[], isFirst: (each: T) => boolean): readonly T[] {
  return [...all.filter(isFirst), ...all.filter((each) => !isFirst(each))];
}
