/**
 * Selects the value below the pointer before the editor's context menu opens, unless something is selected already, so
 * that its Copy has something to copy.
 */
export function selectForMenu({ target }: MouseEvent): void {
  const selection = getSelection();
  const value = target instanceof Element ? target.closest(".shown") : null;
  if (selection === null || !selection.isCollapsed || value === null) return;
  selection.selectAllChildren(value);
}
