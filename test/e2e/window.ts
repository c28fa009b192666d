import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { openWorkbench, workbenchReady } from "../workbench/page";

/** Time within which something must show up, ms: generous, since it is waited for and never slept. */
const SHOWS_UP_MS = 30_000;

/** Pixels by which a pulled border may miss where it was let go: it is a few wide itself. */
const SASH = 4;

/** Time for the window to show what was clicked or typed, before it is tried again, ms. */
const TAKES_MS = 2_000;

/** Time for a notification to pop up before it is looked for in the list, ms. */
const POPS_UP_MS = 5_000;

/** Text as a person reads it: a part of it, or a pattern. */
export type Words = string | RegExp;

/** A window of the editor, driven by keyboard and mouse alone. Each action waits for what it needs. */
export class Window {
  /** What the window said on its console. */
  readonly messages: string[] = [];

  /** @param results folder for screenshots */
  constructor(
    readonly page: Page,
    private readonly results: string,
  ) {
    page.setDefaultTimeout(SHOWS_UP_MS);
    page.on("console", (message) => this.messages.push(`${message.type()} ${message.text()}`));
    page.on("pageerror", (error) => this.messages.push(String(error)));
  }

  /** Brings the window to the front: a page behind another draws nothing, and nothing in it can be clicked. */
  private async turnTo(): Promise<void> {
    await this.page.bringToFront();
  }

  async load(url: string): Promise<void> {
    await openWorkbench(this.page, url);
  }

  /** Runs a command by its title ("Category: Title") from the palette. */
  async command(title: string): Promise<void> {
    await this.fromPalette(`>${title}`, title);
  }

  /** Opens a file of the folder by its name, from the list of files. */
  async openFile(name: string): Promise<void> {
    await this.fromPalette(name, name);
    // The tab of its details is named after it, too.
    await this.page.locator(`.tabs-container .tab[data-resource-name="${name}"]`).first().waitFor();
  }

  /** Types into the input box that is open and accepts it. @param prompt words of its title or message */
  async answer(text: string, prompt?: Words): Promise<void> {
    if (prompt !== undefined) await this.quickSays(prompt);
    await this.quickInput().fill(text);
    await this.andSeeChange(() => this.page.keyboard.press("Enter"));
  }

  /**
   * Runs a command that asks in a box which goes away when something else takes the focus, a view that was shown just
   * before for instance, and answers: it is run again until its box takes the text.
   */
  async commandAnswered(title: string, prompt: Words, text: string): Promise<void> {
    await this.untilDone(async () => {
      await this.command(title);
      await this.quickSays(prompt, TAKES_MS);
      await this.quickInput().fill(text, { timeout: TAKES_MS });
      await this.andSeeChange(() => this.page.keyboard.press("Enter"));
    });
  }

  /** Runs a command that asks in a box, and pastes what was copied. @param prompt words of its title or message */
  async commandPasted(title: string, prompt: Words): Promise<void> {
    await this.untilDone(async () => {
      await this.command(title);
      await this.quickSays(prompt, TAKES_MS);
      await this.quickInput().focus({ timeout: TAKES_MS });
      await this.page.keyboard.press("ControlOrMeta+V");
      await this.andSeeChange(() => this.page.keyboard.press("Enter"));
    });
  }

  /**
   * Presses a key for a row that makes it ask in a box, and answers. The box goes away when something else takes the
   * focus, a details page that has just been loaded for instance: the row is clicked again until its box takes a text.
   */
  async rowKeyAnswered(row: Words, key: string, prompt: Words, text: string): Promise<void> {
    await this.turnTo();
    await this.untilDone(async () => {
      await this.row(row).click({ timeout: TAKES_MS });
      await this.page.keyboard.press(key);
      await this.quickSays(prompt, TAKES_MS);
      await this.quickInput().fill(text, { timeout: TAKES_MS });
      await this.andSeeChange(() => this.page.keyboard.press("Enter"));
    });
  }

  /**
   * Runs a command that asks with a list, and chooses a row. The list goes away when something else takes the focus,
   * a details page that has just been loaded for instance: the command is run again until its row is chosen.
   */
  async commandPicked(title: string, label: Words, prompt?: Words): Promise<void> {
    await this.untilDone(async () => {
      await this.command(title);
      if (prompt !== undefined) await this.quickSays(prompt, TAKES_MS);
      await this.andSeeChange(() => this.quickRow(label).click({ timeout: TAKES_MS }));
    });
  }

  /** Chooses a row of the list that is open. */
  async pick(label: Words, prompt?: Words): Promise<void> {
    if (prompt !== undefined) await this.quickSays(prompt);
    await this.andSeeChange(() => this.quickRow(label).click());
  }

  /** Waits until the open input box or list says so, in its title, its message or its empty field. */
  async quickSays(words: Words, timeout = SHOWS_UP_MS): Promise<void> {
    const widget = this.quickWidget();
    const inField = widget.filter({ has: this.page.getByPlaceholder(words) });
    await widget.filter({ hasText: words }).or(inField).waitFor({ timeout });
  }

  /** The field of the open input box or list; its `type` is "password" when what is typed is masked. */
  quickInput(): Locator {
    return this.quickWidget().locator("input[type=text], input[type=password]").and(this.page.locator(":visible"));
  }

  /** Shows a view container by its name in the activity bar. */
  async openView(name: string): Promise<void> {
    await this.turnTo();
    const tab = this.page.locator(".part.activitybar .action-item").filter({ has: this.page.getByLabel(name) });
    const title = this.page.locator(".part.sidebar .composite.title").filter({ hasText: name });
    const deadline = Date.now() + SHOWS_UP_MS;
    for (;;) {
      if (!(await tab.evaluate((element) => element.classList.contains("checked")))) await tab.click();
      try {
        return await title.waitFor({ timeout: TAKES_MS });
      } catch (error) {
        // A window that just then brought back the view, as it was left, took the click as the wish to hide it.
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** The row of a tree that has these words, in its label, its second text or its description for screen readers. */
  row(words: Words): Locator {
    const rows = this.page.locator(".part.sidebar .monaco-list-row");
    return rows
      .filter({ hasText: words })
      .or(rows.and(this.page.getByRole("treeitem", { name: words })))
      .first();
  }

  /** Waits until the row with the first words says the second, too. */
  async rowSays(row: Words, words: Words): Promise<void> {
    const rows = this.page.locator(".part.sidebar .monaco-list-row").filter({ hasText: row });
    const inText = rows.filter({ hasText: words });
    const inLabel = rows.and(this.page.getByRole("treeitem", { name: words }));
    await inText.or(inLabel).first().waitFor();
  }

  /** Clicks a button that shows on a row under the mouse. */
  async rowAction(row: Words, action: string): Promise<void> {
    await this.turnTo();
    await this.row(row).hover();
    await this.row(row).getByRole("button", { name: action }).click();
  }

  /** Clicks a button in the heading of the view. */
  async viewAction(action: string): Promise<void> {
    await this.turnTo();
    const heading = this.page.locator(".part.sidebar");
    await heading.hover();
    await heading.getByRole("button", { name: action }).first().click();
  }

  /** Makes the side bar this wide, px, by dragging its edge. */
  async sideBarWidth(width: number): Promise<void> {
    await this.turnTo();
    const bar = await this.page.locator(".part.sidebar").boundingBox();
    if (bar === null) throw new Error("no side bar shows");
    const middle = bar.y + bar.height / 2;
    await this.page.mouse.move(bar.x + bar.width, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(bar.x + width, middle, { steps: 5 });
    await this.page.mouse.up();
    const now = (await this.page.locator(".part.sidebar").boundingBox())?.width ?? 0;
    if (Math.abs(now - width) > SASH) throw new Error(`the side bar is ${now} px wide, not ${width}`);
  }

  /** Puts a text where a person's copying puts it. */
  async copy(text: string): Promise<void> {
    await this.turnTo();
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }

  /**
   * Chooses from a row's context menu, or from a menu in it. It goes away when something else takes the focus, an
   * editor that a question gives it back to for instance: it is opened again until a click has met the item and closed
   * the menu. No key is pressed, which would go to whatever took the focus.
   * @param within the menu in it that has the item
   */
  async rowMenu(row: Words, item: string, within?: string): Promise<void> {
    await this.turnTo();
    await this.untilDone(async () => {
      const menu = await this.openRowMenu(row, within);
      const choice = menu.getByRole("menuitem", { name: item }).last();
      await choice.waitFor({ timeout: TAKES_MS });
      await choice.hover({ timeout: TAKES_MS });
      await choice.click({ timeout: TAKES_MS });
      // A menu overlooks clicks in its first 100 ms: it stays open then, and Escape closes it before the next attempt.
      await menu.waitFor({ state: "hidden", timeout: TAKES_MS });
    });
  }

  /**
   * Opens a row's context menu, or a menu in it, for somebody to look at, and closes it; again, as {@link rowMenu}, if
   * it goes away before it was seen. @param look gets the menu, with what is open in it
   */
  async rowMenuSeen(row: Words, look: (menu: Locator) => Promise<void>, within?: string): Promise<void> {
    await this.turnTo();
    await this.untilDone(async () => {
      const menu = await this.openRowMenu(row, within);
      await look(menu);
      await menu.waitFor({ timeout: TAKES_MS });
    });
    const menus = this.page.locator(".context-view .monaco-menu");
    await this.untilDone(async () => {
      await this.page.keyboard.press("Escape");
      await menus.first().waitFor({ state: "hidden", timeout: TAKES_MS });
    });
  }

  /** @returns the menu that opened, which may go away again */
  private async openRowMenu(row: Words, within?: string): Promise<Locator> {
    const menu = this.page.locator(".context-view .monaco-menu").first();
    await this.row(row).click({ button: "right" });
    // The editor focuses the row that it opens a menu for: another one, if rows moved under the click.
    await this.row(row).and(this.page.locator(".focused")).waitFor({ timeout: TAKES_MS });
    await menu.waitFor({ timeout: TAKES_MS });
    if (within !== undefined)
      await menu.getByRole("menuitem", { name: within, exact: true }).hover({ timeout: TAKES_MS });
    return menu;
  }

  /** The whole text of the active text editor, got as a person gets it: select all, copy. */
  async editorText(): Promise<string> {
    await this.page.locator(".editor-group-container.active .monaco-editor .view-lines").click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.press("ControlOrMeta+C");
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Waits until a person would paste this. */
  async copied(text: string): Promise<void> {
    await this.untilCopied((copied) => copied === text);
  }

  /** Waits until a person would paste such a text. @returns that text */
  async untilCopied(isWanted: (copied: string) => boolean): Promise<string> {
    const deadline = Date.now() + SHOWS_UP_MS;
    for (;;) {
      // `waitForFunction` would not wait for the promise.
      const copied = await this.page.evaluate(() => navigator.clipboard.readText());
      if (isWanted(copied)) return copied;
      if (Date.now() > deadline) throw new Error(`the clipboard has another text, of ${copied.length} characters`);
      await wait(50);
    }
  }

  /**
   * Chooses from the context menu of the webview that shows.
   * @param selector of what the pointer is on; the first that there is
   * @returns every item that the menu had
   */
  async pageMenu(selector: string, item: string): Promise<readonly string[]> {
    await this.webview().locator(selector).first().click({ button: "right" });
    const items = this.page.locator(".context-view .monaco-menu").getByRole("menuitem");
    await items.first().waitFor();
    const names = await items.allInnerTexts();
    await this.screenshot("page-context-menu");
    await this.untilDone(async () => {
      await items.filter({ hasText: item }).click({ timeout: TAKES_MS });
      await items.first().waitFor({ state: "hidden", timeout: TAKES_MS });
    });
    return names.map((name) => name.split("\n")[0]?.trim() ?? "");
  }

  /** Waits until a text editor shows the words on screen. */
  async editorSays(words: Words): Promise<void> {
    await this.page.locator(".monaco-editor .view-lines").filter({ hasText: words }).first().waitFor();
  }

  /** What a line above the text of an editor offers. */
  lens(title: Words): Locator {
    return this.page.locator(".codelens-decoration a").filter({ hasText: title }).first();
  }

  /** The tab of an open editor. */
  tab(name: Words): Locator {
    return this.page.locator(".tabs-container .tab").filter({ hasText: name });
  }

  /** The document of the webview that shows, a frame in a frame. */
  webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready:visible").frameLocator("#active-frame");
  }

  /** Waits until the webview says so. */
  async webviewSays(words: Words): Promise<void> {
    await this.webview().locator("body").filter({ hasText: words }).waitFor();
  }

  /** A notification with these words, waited for: as it pops up, or in the list of those that went away again. */
  async notification(words: Words): Promise<Locator> {
    const found = this.page.locator(".notification-list-item").filter({ hasText: words }).first();
    try {
      await found.waitFor({ timeout: POPS_UP_MS });
    } catch {
      await this.command("Notifications: Show Notifications");
      await found.waitFor();
    }
    return found;
  }

  /** Clicks a button of a notification. */
  async notificationAction(words: Words, button: string): Promise<void> {
    await (await this.notification(words)).getByRole("button", { name: button, exact: true }).click();
  }

  /** Clicks a button of the modal dialog, which must say so. */
  async dialog(words: Words, button: string): Promise<void> {
    const dialog = this.page.locator(".monaco-dialog-box").filter({ hasText: words });
    await dialog.getByRole("button", { name: button, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  /** Leaves a picture of the window in `test-results`. @returns its path */
  async screenshot(name: string): Promise<string> {
    await mkdir(this.results, { recursive: true });
    const file = path.join(this.results, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** "Developer: Reload Window", and waits until the window is back. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent("load");
    await this.command("Developer: Reload Window");
    await loaded;
    await workbenchReady(this.page);
  }

  /** The encrypted secrets of all extensions, as the window keeps them in local storage; undefined without any. */
  async sealedSecrets(): Promise<string | undefined> {
    return this.page.evaluate(() => localStorage.getItem("secrets.provider") ?? undefined);
  }

  /** All that the window's pages keep in the browser: local, session and indexed storage, one JSON text per entry. */
  async storedText(): Promise<string> {
    return this.page.evaluate(async () => {
      const lines: string[] = [];
      for (const storage of [localStorage, sessionStorage]) {
        for (const [key, value] of Object.entries(storage)) lines.push(key, String(value));
      }
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error("unreadable"));
        });
      for (const { name } of await indexedDB.databases()) {
        if (name === undefined) continue;
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const entries = database.transaction(store).objectStore(store);
          for (const value of [...(await done(entries.getAllKeys())), ...(await done<unknown[]>(entries.getAll()))]) {
            lines.push(ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : JSON.stringify(value));
          }
        }
        database.close();
      }
      return lines.join("\n");
    });
  }

  /**
   * Opens the palette, types and chooses a row. The palette shows what was possible when it opened, and goes away when
   * something else takes the focus: it is opened again until the row is there.
   */
  private async fromPalette(text: string, row: string): Promise<void> {
    await this.turnTo();
    await this.untilDone(async () => {
      await this.page.keyboard.press("F1");
      await this.quickInput().fill(text, { timeout: TAKES_MS });
      await this.andSeeChange(() => this.quickRow(row).click({ timeout: TAKES_MS }));
    });
  }

  /**
   * Does something again, with Escape before it, until it succeeds. @throws its last error, when that takes too long
   */
  private async untilDone(action: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + SHOWS_UP_MS;
    for (;;) {
      try {
        return await action();
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /**
   * Does something to the open input box or list, and waits until that goes or shows something else: its next question,
   * or what is wrong. Whoever asks is in another process, and until it answers, the old question stands there.
   */
  private async andSeeChange(action: () => Promise<void>): Promise<void> {
    const widget = this.page.locator(".quick-input-widget");
    const looks = () =>
      widget.evaluateAll((found: HTMLElement[]) =>
        found.map(({ style, innerText, children }) => {
          const fields = [...children].flatMap((child) => [...child.querySelectorAll("input")]);
          return [style.display, innerText, ...fields.map((field) => field.type + field.placeholder)].join("\n");
        }),
      );
    const before = String(await looks());
    await action();
    const deadline = Date.now() + TAKES_MS;
    // The same question may come again; and a page that is being loaded anew shows nothing.
    while (Date.now() < deadline && String(await looks().catch(() => "")) === before) await wait(20);
  }

  private quickWidget(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  private quickRow(label: Words): Locator {
    const rows = this.quickWidget().locator(".monaco-list-row");
    return rows.filter({ has: this.page.getByText(label, { exact: true }) }).first();
  }
}
