import type { DetailsRow, Value } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { button, el } from "./element";
import { icon } from "./icon";
import { drawList } from "./long-list";
import { markedText, spokenText } from "./marked-text";
import { groupRows, type RowGroup } from "./row-groups";
import { fill, type Strings } from "./strings";
import { textView } from "./text-view";
import { leafView } from "./value-view";
import { markedCharacters, valueText } from "./value-text";

/** Rows, or values of a list, that are drawn at first. */
const FIRST_ITEMS = 50;

/** Characters of a value in the name of its button. */
const MAX_SPOKEN = 60;

/** Rows as labels and values; names of the same kind are one list. */
export function rowsView(rows: readonly DetailsRow[], drawing: Drawing): HTMLElement {
  const list = el("dl");
  const more = drawList({
    items: groupRows(rows),
    first: FIRST_ITEMS,
    container: list,
    draw: (group) => groupView(group, drawing),
    strings: drawing.strings,
  });
  return more === undefined ? list : el("div", {}, list, more);
}

function groupView(group: RowGroup, drawing: Drawing): HTMLElement {
  const { first } = group;
  const about = aboutView(first, drawing);
  const entries = entriesOf(group);
  const count = entries.length > 1 ? [" ", el("span", { class: "count" }, String(entries.length))] : [];
  const label = el(
    "dt",
    {},
    textView(markedText(first.label), drawing),
    ...count,
    copyAll(group, entries, drawing),
    about?.toggle,
  );
  const values = el("dd", {}, ...entryViews(first, entries, drawing), about?.panel);
  return el("div", { class: "row" }, label, values);
}

/** One entry of a list: all values of a row, or one of a row's several values. */
type Entry = readonly Value[];

function entriesOf({ first, rows }: RowGroup): readonly Entry[] {
  return rows.length > 1 ? rows.map(({ values }) => values) : first.values.map((value) => [value]);
}

function entryViews(row: DetailsRow, entries: readonly Entry[], drawing: Drawing): readonly (Node | undefined)[] {
  // The model says what a row copies, since the value alone may not be enough.
  if (entries.length === 1) return row.values.map((value) => valueView(value, row.label, drawing, row.copy));
  const list = el("ul", { class: listClasses(entries) });
  const more = drawList({
    items: entries,
    first: FIRST_ITEMS,
    container: list,
    draw: (values) => el("li", {}, ...values.map((value) => valueView(value, row.label, drawing))),
    strings: drawing.strings,
  });
  return [list, more];
}

/**
 * Lists that are long enough to stand in columns, if their entries are short texts; of still longer ones, the browser
 * would balance the columns again and again.
 */
const COLUMN_ITEMS = { least: 6, most: 1_000 };

function listClasses(entries: readonly Entry[]): string | undefined {
  const { length } = entries;
  const isOfTexts = entries.every((values) => values.every(({ kind }) => kind === "text" || kind === "uri"));
  const classes = [
    ...(length > FIRST_ITEMS ? ["long"] : []),
    ...(isOfTexts && length >= COLUMN_ITEMS.least && length <= COLUMN_ITEMS.most ? ["columns"] : []),
  ];
  return classes.length === 0 ? undefined : classes.join(" ");
}

/** A button that copies all of several values or parts as one text. */
function copyAll(
  { first, rows }: RowGroup,
  entries: readonly Entry[],
  { copier, strings }: Drawing,
): HTMLElement | undefined {
  const hasParts = entries.length > 1 || first.values.some(({ kind }) => kind === "rows");
  if (!hasParts || rows.every(({ copy }) => copy === "")) return undefined;
  const name = spokenText(markedText(first.label), strings);
  return copier.button({
    what: entries.length > 1 ? fill(strings.all, name, entries.length) : name,
    text: () => rows.map(({ copy }) => copy).join("\n"),
    marked: rows.flatMap(({ values }) => values).reduce((sum, value) => sum + markedCharacters(value), 0),
  });
}

function valueView(value: Value, label: string, drawing: Drawing, copyText?: string): HTMLElement {
  const copy = {
    what: spokenName(value, label, drawing.strings),
    text: () => copyText || valueText(value),
    marked: markedCharacters(value),
  };
  switch (value.kind) {
    case "rows":
      return el("div", { class: "nested" }, rowsView(value.rows, drawing));
    case "tree":
    case "image":
      return leafView(value, label, drawing);
    default:
      return drawing.copier.copyable(leafView(value, label, drawing), copy);
  }
}

/** A value's spoken name, with its content if that distinguishes it from others with the same label. */
function spokenName(value: Value, label: string, strings: Strings): string {
  const name = spokenText(markedText(label), strings);
  switch (value.kind) {
    case "text":
    case "uri":
      return `${name} ${spokenText(value.text, strings, MAX_SPOKEN)}`;
    case "oid":
      return `${name} ${spokenText(markedText(value.name ?? value.oid), strings, MAX_SPOKEN)}`;
    default:
      return name;
  }
}

interface About {
  readonly toggle: HTMLButtonElement;
  readonly panel: HTMLElement;
}

/** More information on demand: an explanation, and the OID. */
export function aboutView(
  { label, oid, explanation }: Pick<DetailsRow, "label" | "oid" | "explanation">,
  drawing: Drawing,
  further?: string,
): About | undefined {
  if (oid === undefined && explanation === undefined && further === undefined) return undefined;
  const { strings, copier } = drawing;
  const panel = el(
    "div",
    { class: "about", hidden: true },
    ...[explanation, further].flatMap((words) =>
      words === undefined ? [] : [el("p", {}, textView(markedText(words), drawing))],
    ),
    oid === undefined
      ? undefined
      : el(
          "p",
          {},
          "OID ",
          copier.copyable(el("span", { class: "mono" }, oid), { what: `OID ${oid}`, text: () => oid }),
        ),
  );
  const name = fill(strings.about, spokenText(markedText(label), strings));
  const toggle = button(
    { class: "about-toggle", tabindex: -1, "aria-expanded": "false", "aria-label": name, title: name },
    [icon("about")],
    () => {
      panel.hidden = !panel.hidden;
      toggle.setAttribute("aria-expanded", String(!panel.hidden));
    },
  );
  return { toggle, panel };
}
