import * as vscode from "vscode";
import { ENDPOINTS, parameterOf } from "../../api/endpoints";
import { PRODUCT_FACTS, PRODUCTS, type Product } from "../../api/product";
import { NUMBER_KINDS, type Account, type CaName, type OrderReference } from "../../orders/model/order";
import { MAX_IMPORT_CHARACTERS } from "../../orders/import/limits";
import { titleOf } from "../../orders/presentation/state";
import { Arguments, ArgumentError } from "../base/arguments";
import type { Program } from "../window/program";
import { commandId } from "../base/contributions";
import { caWords, productName, twinWords } from "../../orders/presentation/order-words";
import { locale } from "../base/localize";
import { runMultiStepInput, type InputStep } from "../base/multi-step-input";
import { accountChoice, caChoice, knownCas } from "./choices";
import { importOrders } from "./import-orders";
import { tagsProblem } from "./edit-orders";
import { trackFromText, type TrackedFromText } from "./track-from-text";
import { labelProblemWords } from "./label-words";
import { valueProblem } from "./typed-value";
import { showInformation, type Choice } from "../base/messages";

type ReferenceKind = OrderReference["kind"];

const REFERENCE_KINDS = [...NUMBER_KINDS, "collectionCode"] as const;

interface Draft {
  account: Account | undefined;
  /** Where the order is: its account says so, or the person if there is no account. */
  ca: CaName;
  product: Product;
  kind: ReferenceKind;
  /** The number, or the collection code, which is a secret. */
  value: string;
  label: string;
}

/**
 * Tracks an order; fields given by the argument (never a collection code) are not asked for. A `text` is parsed like
 * pasted text, and shown before anything is tracked.
 */
export async function trackOrder(
  program: Program,
  argument: unknown,
): Promise<{ order: string; added: boolean } | TrackedFromText | undefined> {
  const { collector } = program;
  const given = new Arguments(argument);
  const text = given.text("text", MAX_IMPORT_CHARACTERS);
  if (text !== undefined) return trackFromText(program, text);
  const tags = given.list("tags") ?? [];
  const wrong = tagsProblem(tags) ?? labelProblemWords(given.text("label") ?? "");
  if (wrong !== undefined) throw new ArgumentError(wrong);
  const draft: Draft = {
    account: undefined,
    ca: "sectigo",
    product: "ssl",
    kind: "orderNumber",
    value: "",
    label: "",
  };
  const ask = (): Promise<boolean> =>
    runMultiStepInput(vscode.l10n.t("Track Order"), [
      accountStep(draft, collector.book.accounts(), given.text("account")),
      caStep(draft, knownCas(collector.book.accounts())),
      productStep(draft, given.choice("product", PRODUCTS)),
      kindStep(draft, given.choice("reference", REFERENCE_KINDS)),
      valueStep(draft, given.text("number"), collector.log.mask),
      labelStep(draft, given),
    ]);
  const done = await ask().catch(async (error: unknown) => {
    if (!(error instanceof Elsewhere)) throw error;
    if (error.wanted !== "add") return error.wanted;
    const added = await vscode.commands.executeCommand<unknown>(commandId("addAccount"));
    return added !== undefined && ask();
  });
  if (done === "paste")
    return trackFromText(program, (await vscode.env.clipboard.readText()).slice(0, MAX_IMPORT_CHARACTERS));
  if (done === "file") return importOrders(program, undefined);
  if (!done) return undefined;

  const { account, ca, product, kind, value, label } = draft;
  const reference: OrderReference = kind === "collectionCode" ? { kind } : { kind, value };
  const isAlone = kind === "collectionCode" && PRODUCT_FACTS[product].collectionCode === "alone";
  const by = isAlone ? undefined : account?.id;
  const result = await collector.track({ ca, product, reference }, by, {
    label,
    tags,
    ...(kind === "collectionCode" && { collectionCode: value }),
  });
  const order = collector.book.get(result.id);
  if (!result.added && order !== undefined) {
    void showInformation(vscode.l10n.t("This order is already tracked as “{0}”.", titleOf(order)));
  }
  const [twin] = result.added ? collector.book.twinsOf(result.id) : [];
  if (twin !== undefined) void showInformation(twinWords(twin, locale));
  return { order: result.id, added: result.added };
}

function accountStep(draft: Draft, accounts: readonly Account[], given: string | undefined): InputStep {
  return async (input) => {
    if (given !== undefined) {
      draft.account = accounts.find(({ id }) => id === given);
      if (draft.account === undefined) throw new ArgumentError(vscode.l10n.t("There is no account “{0}”.", given));
      return;
    }
    const chosen = await input.pick<Account | Elsewhere["wanted"] | undefined>({
      placeholder: vscode.l10n.t("Which account does the order belong to?"),
      choices: [
        ...accounts.map(accountChoice),
        { label: vscode.l10n.t("Add an account…"), value: "add" },
        {
          label: vscode.l10n.t("None: I have a collection code"),
          description: vscode.l10n.t("for client and personal authentication certificates"),
          value: undefined,
        },
        {
          label: vscode.l10n.t("Paste from the clipboard"),
          description: vscode.l10n.t("lines, a table, an e-mail, a curl command, a link"),
          value: "paste",
        },
        { label: vscode.l10n.t("Import a file…"), description: vscode.l10n.t("CSV, JSON or text"), value: "file" },
      ],
    });
    if (typeof chosen === "string") throw new Elsewhere(chosen);
    draft.account = chosen;
  };
}

/** Asks which CA an order without an account is at: its collection code is sent there. */
function caStep(draft: Draft, cas: readonly CaName[]): InputStep {
  return async (input) => {
    const [only = "sectigo", ...others] = cas;
    if (draft.account !== undefined) draft.ca = draft.account.ca;
    else if (others.length === 0) draft.ca = only;
    else {
      const placeholder = vscode.l10n.t("Where was it ordered? The collection code is sent there.");
      draft.ca = await input.pick({ placeholder, choices: cas.map(caChoice) });
    }
  };
}

/** The person wants to add an account first, or has the order in a text. */
class Elsewhere extends Error {
  constructor(readonly wanted: "add" | "paste" | "file") {
    super(wanted);
  }
}

function productStep(draft: Draft, given: Product | undefined): InputStep {
  return async (input) => {
    const choices = PRODUCTS.filter((product) => kindsOf(product, draft.account).length > 0).map(
      (product): Choice<Product> => {
        return { label: productName(product, locale), description: ENDPOINTS[product].name, value: product };
      },
    );
    draft.product = given ?? (await input.pick({ placeholder: vscode.l10n.t("What was ordered?"), choices }));
  };
}

function kindStep(draft: Draft, given: ReferenceKind | undefined): InputStep {
  return async (input) => {
    const kinds = kindsOf(draft.product, draft.account);
    if (given !== undefined && !kinds.includes(given)) {
      throw new ArgumentError(
        vscode.l10n.t("{0} identifies an order by one of: {1}.", ENDPOINTS[draft.product].name, kinds.join(", ")),
      );
    }
    const choices = kinds.map((kind) => ({ ...kindWords(kind), value: kind }));
    const only = kinds.length === 1 ? kinds[0] : undefined;
    draft.kind =
      given ??
      only ??
      (await input.pick({ placeholder: vscode.l10n.t("How do you want to identify the order?"), choices }));
  };
}

/** How an order of a product can be identified: without an account only by a collection code. */
function kindsOf(product: Product, account: Account | undefined): readonly ReferenceKind[] {
  const documented = REFERENCE_KINDS.filter((kind) => parameterOf(ENDPOINTS[product], kind) !== undefined);
  return account === undefined ? documented.filter((kind) => kind === "collectionCode") : documented;
}

/** @param typed called with a collection code, which may appear in an error before it is stored */
function valueStep(draft: Draft, given: string | undefined, typed: (secret: string) => void): InputStep {
  return async (input) => {
    const { kind, product } = draft;
    const problem = (text: string): string | undefined => valueProblem(product, kind, text);
    if (given !== undefined && kind !== "collectionCode") {
      const wrong = problem(given);
      if (wrong !== undefined) throw new ArgumentError(wrong);
      draft.value = given;
      return;
    }
    const { description } = kindWords(kind);
    draft.value = await input.input({
      prompt:
        kind === "collectionCode"
          ? `${description} ${vscode.l10n.t("It is sent to {0}.", caWords(draft.ca, locale))}`
          : description,
      placeholder: kindWords(kind).label,
      value: kind === "collectionCode" ? "" : draft.value,
      secret: kind === "collectionCode",
      check: problem,
    });
    if (kind === "collectionCode") typed(draft.value);
  };
}

function labelStep(draft: Draft, given: Arguments): InputStep {
  return async (input) => {
    const label = given.text("label");
    // A number in the argument comes from a program, which is not asked for a name.
    if (label !== undefined || given.text("number") !== undefined) {
      draft.label = label ?? "";
      return;
    }
    draft.label = await input.input({
      prompt: vscode.l10n.t("Your own name for this order. Leave it empty to use its domain."),
      value: draft.label,
      check: (text) => labelProblemWords(text),
    });
  };
}

function kindWords(kind: ReferenceKind): { label: string; description: string } {
  switch (kind) {
    case "orderNumber":
      return {
        label: vscode.l10n.t("Order number"),
        description: vscode.l10n.t("The order number that the CA assigned when you placed the order"),
      };
    case "certificateID":
      return {
        label: vscode.l10n.t("Certificate ID"),
        description: vscode.l10n.t("A single certificate of an order, for example one that was replaced"),
      };
    case "baseOrderNumber":
      return {
        label: vscode.l10n.t("Base order number"),
        description: vscode.l10n.t("The base order number that the CA assigned"),
      };
    case "collectionCode":
      return {
        label: vscode.l10n.t("Collection code"),
        description: vscode.l10n.t("The code from the collection e-mail. It is kept like a password."),
      };
  }
}
