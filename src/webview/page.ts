// The details page inside the editor: says that it is ready, and shows what it is sent.
import { prepareMenu } from "./context-menu";
import { el } from "./element";
import { isToPage } from "./incoming";
import type { StateStore } from "./memory";
import { Notices } from "./notices";
import { PageView } from "./page-view";
import type { FromPage } from "./protocol";
import { ENGLISH_STRINGS } from "./strings";

declare function acquireVsCodeApi(): StateStore & { postMessage(message: FromPage): void };

const editor = acquireVsCodeApi();
const notices = new Notices();
const root = el("div");
document.body.append(root, notices.element);
let view: PageView | undefined;

function fail(message: string): void {
  view = undefined;
  root.replaceChildren(el("main", {}, el("p", { class: "failure", role: "alert" }, message)));
}

function receive(message: unknown): void {
  // The translated texts come with the first content: before that, or if it is damaged, there are only the English
  // ones.
  if (!isToPage(message)) return fail(ENGLISH_STRINGS.notUnderstood);
  switch (message.type) {
    case "show": {
      const { content } = message;
      if (content.title !== undefined) document.title = content.title;
      if (view?.fits(content) === true) return view.show(content);
      view = new PageView(content, editor, (sent) => editor.postMessage(sent), notices);
      root.replaceChildren(view.element);
      view.show(content);
      return view.scrollBack();
    }
    case "select":
      return view?.select(message.object);
    case "failed":
      return fail(message.message);
    case "copyFailed":
      return notices.fail(message.message);
  }
}

addEventListener("message", ({ data }) => receive(data));
addEventListener("scroll", () => view?.scrolled());
// Before the editor's own listener, which reads what this writes.
addEventListener("contextmenu", prepareMenu, { capture: true });
addEventListener("keydown", (event) => view?.pressed(event));
editor.postMessage({ type: "ready" });
