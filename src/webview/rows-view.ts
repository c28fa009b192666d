import type { Row, Value } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { button, el } from "./element";
import { icon } from "./icon";
import { drawList } from "./long-list";
import { markedText, spokenText } from "./marked-text";
import { groupRows, type RowGroup } from "./row-groups";
import { fill } from "./strings";
import { textView } from "./text-view";
import { leafView } from "./value-view";
import { markedCharacters, valueText } from "./value-text";

/** Rows, or values of a list, that are drawn before more are asked for. */
const FIRST_ITEMS = 50;

/** Rows as labels and values; names of the same kind are one list. */
export function rowsView(rows: readonly Row[], drawing: Drawing): HTMLElement {
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
  const label = el(
    "dt",
    {},
    textView(markedText(first.label), drawing),
    ...(entries.length > 1
      ? [el("span", { class: "count" }, String(entries.length)), copyAll(group, entries, drawing)]
      : []),
    about?.toggle,
  );
  const values = el("dd", {}, ...entryViews(first, entries, drawing), about?.panel);
  return el("div", { class: "row" }, label, values);
}

/** What is drawn as one entry of a list: the values of one row together, or one of a row's several values. */
type Entry = readonly Value[];

function entriesOf({ first, rows }: RowGroup): readonly Entry[] {
  return rows.length > 1 ? rows.map(({ values }) => values) : first.values.map((value) => [value]);
}

function entryViews(row: Row, entries: readonly Entry[], drawing: Drawing): readonly (Node | undefined)[] {
  const [only] = entries;
  if (only !== undefined && entries.length === 1) {
    // The model says what a row copies: it knows better than its value alone.
    return only.map((value) => valueView(value, row.label, drawing, only.length === 1 ? row.copy : undefined));
  }
  const list = el("ul");
  const more = drawList({
    items: entries,
    first: FIRST_ITEMS,
    container: list,
    draw: (values) => el("li", {}, ...values.map((value) => valueView(value, row.label, drawing))),
    strings: drawing.strings,
  });
  return [list, more];
}

function copyAll({ first, rows }: RowGroup, entries: readonly Entry[], { copier, strings }: Drawing): HTMLElement {
  const what = fill(strings.all, spokenText(markedText(first.label), strings), entries.length);
  return copier.button({
    what,
    text: () => rows.map(({ copy }) => copy).join("\n"),
    marked: rows.flatMap(({ values }) => values).reduce((sum, value) => sum + markedCharacters(value), 0),
  });
}

function valueView(value: Value, label: string, drawing: Drawing, copyText?: string): HTMLElement {
  const copy = {
    what: spokenText(
      markedText(`${label} ${value.kind === "tree" ? "" : valueText(value)}`.trim()),
      drawing.strings,
      100,
    ),
    text: () => copyText || valueText(value),
    marked: markedCharacters(value),
  };
  switch (value.kind) {
    case "rows":
      return el("div", { class: "nested" }, rowsView(value.rows, drawing));
    case "tree":
      return leafView(value, label, drawing);
    default:
      return drawing.copier.copyable(leafView(value, label, drawing), copy);
  }
}

interface About {
  readonly toggle: HTMLButtonElement;
  readonly panel: HTMLElement;
}

/** What more there is to say, on demand: an explanation, and the OID. */
export function aboutView(
  { label, oid, explanation }: Pick<Row, "label" | "oid" | "explanation">,
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
