import assert from "node:assert/strict";
import { remoteMachine, type Whereabouts } from "../../../src/editor/base/remote-name";
import { english, localeOf } from "../../../src/words/localize";

describe("the remote machine that asks", () => {
  const rows: readonly (readonly [where: string, Whereabouts, words: string | undefined])[] = [
    ["a local window", { remoteName: undefined, isBesideWindow: true }, undefined],
    ["a browser without a server", { remoteName: undefined, isBesideWindow: false }, undefined],
    // The window's remote has a name on both sides; what runs beside the window asks from there.
    ["SSH, the extension beside the window", { remoteName: "ssh-remote", isBesideWindow: true }, undefined],
    ["WSL, the extension beside the window", { remoteName: "wsl", isBesideWindow: true }, undefined],
    ["SSH", { remoteName: "ssh-remote", isBesideWindow: false }, "SSH"],
    ["a container of the folder", { remoteName: "dev-container", isBesideWindow: false }, "container"],
    ["a container that ran already", { remoteName: "attached-container", isBesideWindow: false }, "container"],
    ["a container of a cluster", { remoteName: "k8s-container", isBesideWindow: false }, "container"],
    ["WSL", { remoteName: "wsl", isBesideWindow: false }, "WSL"],
    ["a tunnel", { remoteName: "tunnel", isBesideWindow: false }, "tunnel"],
    ["Codespaces", { remoteName: "codespaces", isBesideWindow: false }, "GitHub Codespaces"],
    ["a server in a browser", { remoteName: "127.0.0.1:8080", isBesideWindow: false }, "127.0.0.1:8080"],
    ["one of a stranger", { remoteName: "constructor", isBesideWindow: false }, "constructor"],
  ];
  for (const [where, whereabouts, words] of rows) {
    it(`is ${words ?? "none"} for ${where}`, () => assert.equal(remoteMachine(whereabouts, english), words));
  }

  it("is said in the reader's language", () => {
    const { localize } = localeOf("de", (text) => ({ container: "Behälter", tunnel: "Stollen" })[text]);
    const words = ["dev-container", "tunnel", "wsl"].map((remoteName) =>
      remoteMachine({ remoteName, isBesideWindow: false }, localize),
    );
    assert.deepEqual(words, ["Behälter", "Stollen", "WSL"]);
  });
});
