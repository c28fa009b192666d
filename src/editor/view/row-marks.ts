import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { rowMarkWords, ROW_MARKS, type RowMark } from "../../orders/presentation/order-row";
import { locale } from "../base/localize";
import { inRow } from "../../words/localize";

/** The scheme of rows: their addresses say which marks they have, and lead nowhere. */
const ROW_SCHEME = "certificate-order";

/** The sign of each mark at the end of a row; a row has room for two. */
const SIGNS: Readonly<Record<RowMark, string>> = {
  "save-again": "↻",
  "tracked-twice": "2",
  watched: "◎",
  paused: "‖",
  muted: "∅",
};
const ROOM = 2;

/** The address of a row with marks; `undefined` without any. */
export function markedRowUri(id: OrderId, marks: readonly RowMark[]): vscode.Uri | undefined {
  if (marks.length === 0) return undefined;
  return vscode.Uri.from({ scheme: ROW_SCHEME, path: `/${id}`, query: marks.join(",") });
}

/** Draws the marks of rows. */
export const ROW_MARK_DECORATIONS: vscode.FileDecorationProvider = {
  provideFileDecoration: ({ scheme, query }) => {
    if (scheme !== ROW_SCHEME) return undefined;
    const found = query.split(",");
    const marks = ROW_MARKS.filter((mark) => found.includes(mark));
    const decoration = new vscode.FileDecoration(
      marks
        .slice(0, ROOM)
        .map((mark) => SIGNS[mark])
        .join(""),
      inRow(
        marks.map((mark) => rowMarkWords(mark, locale)),
        locale.localize,
      ),
    );
    decoration.propagate = false;
    return decoration;
  },
};
