import assert from "node:assert/strict";
import { useEditor } from "./editor";

const STEPS = ["Try the sandbox", "Add your account", "Track your orders", "Open the certificate"];

for (const [theme, colours] of [
  ["light", "Default Light Modern"],
  ["dark", "Default Dark Modern"],
] as const) {
  describe(`a person who wonders how it works, ${theme}`, () => {
    const editor = useEditor({ extension: "package", settings: { "workbench.colorTheme": colours } });

    it("finds the walkthrough, which did not open by itself, and its steps", async () => {
      const window = await editor().open();
      await window.openView("Certificates");
      const link = window.page.locator(".welcome-view-content a").filter({ hasText: "how it works" });
      await link.waitFor();
      await window.screenshot(`walkthrough-${theme}-0-first-run`);
      assert.equal(await window.tab(/./).count(), 0, "something opened by itself");

      await link.click();
      for (const [index, step] of STEPS.entries()) {
        await window.page.locator(".getting-started-step").filter({ hasText: step }).first().click();
        await window.page.locator(".getting-started-step.expanded").filter({ hasText: step }).waitFor();
        await window.webview().locator("svg").waitFor();
        await window.screenshot(`walkthrough-${theme}-${index + 1}`);
      }
    });

    it("starts the sandbox from it, and sees the step done", async () => {
      const window = editor().window;
      const step = window.page.locator(".getting-started-step").filter({ hasText: STEPS[0] ?? "" });
      await step.first().click();
      await step.getByRole("button", { name: "Start the Sandbox" }).click();
      await window.row("Waiting").or(window.row("Ready")).first().waitFor();
      await step.locator(".codicon-getting-started-step-checked").first().waitFor();
      // The sandbox's own account, orders and certificates are not the person's.
      const others = window.page.locator(".getting-started-step").filter({ hasText: /your account|your orders/ });
      assert.equal(await others.locator(".codicon-getting-started-step-checked").count(), 0);
      await window.screenshot(`walkthrough-${theme}-5-done`);
    });

    it("sees which order needs them when the others are ready, and what to publish", async () => {
      const window = editor().window;
      await window.sideBarWidth(300);
      // Headings, with the number of rows below them.
      await window.row(/^Ready\s*5$/).waitFor();
      await window.row(/^Needs you\s*1$/).waitFor();
      await window.row(/^Waiting/).waitFor({ state: "detached" });
      await window.screenshot(`walkthrough-${theme}-6-needs-you`);
      await window.row("garden.example").click();
      await window.webviewSays("garden.example");
      await window.webview().getByRole("button", { name: "Choose Request…" }).click();
      await window.pick("Save the Sandbox Request Here");
      await window.webviewSays(/_[0-9a-f]{32}\.garden\.example/);
      await window.command("Notifications: Clear All Notifications");
      await window.webview().getByText("What blocks this order").scrollIntoViewIfNeeded();
      await window.screenshot(`walkthrough-${theme}-7-what`);
    });
  });
}

describe("a person who tried the sandbox first", () => {
  const editor = useEditor({ extension: "package" });

  it("finds that step done in the walkthrough, and no other", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.page.locator(".welcome-view-content").getByRole("button", { name: "Try the Sandbox" }).click();
    await window.row("Waiting").or(window.row("Ready")).first().waitFor();
    await window.command("Certificates: How It Works");
    const done = window.page.locator(".getting-started-step .codicon-getting-started-step-checked");
    const first = window.page.locator(".getting-started-step").filter({ hasText: STEPS[0] ?? "" });
    await first.and(window.page.locator(":has(.codicon-getting-started-step-checked)")).first().waitFor();
    assert.equal(await done.count(), 1);
    await window.screenshot("walkthrough-6-done-before");
  });
});
