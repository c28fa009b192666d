import { MAX_COPY } from "./protocol";

/** What the editor tells its context menu and the command that a person chooses there. */
export interface MenuContext {
  /**
   * Of the editor's Cut, Copy and Paste only one makes sense outside a text field: the manifest has a Copy of its own.
   */
  readonly preventDefaultContextMenuItems: boolean;
  readonly canCopy: boolean;
  readonly copy?: string;
}

/**
 * Prepares the editor's context menu, which opens after this: what is selected can be copied, else the value below the
 * pointer, which is selected then.
 */
export function prepareMenu({ target }: MouseEvent): void {
  document.body.dataset.vscodeContext = JSON.stringify(menuAt(target));
}

function menuAt(target: EventTarget | null): MenuContext {
  if (target instanceof HTMLInputElement) return { preventDefaultContextMenuItems: false, canCopy: false };
  const selection = getSelection();
  const value = target instanceof Element ? target.closest(".shown") : null;
  if (selection?.isCollapsed === true && value !== null) selection.selectAllChildren(value);
  const text = selection?.toString().trim() ?? "";
  const canCopy = text !== "" && text.length <= MAX_COPY;
  return { preventDefaultContextMenuItems: true, canCopy, ...(canCopy && { copy: text }) };
}
