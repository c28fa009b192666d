import type { Localize } from "../../words/localize";

/** What people call the remote, by the name that the extension which connects to it gave it. */
const WORDS: Readonly<Record<string, (localize: Localize) => string>> = {
  "ssh-remote": () => "SSH",
  "dev-container": (localize) => localize("container"),
  "attached-container": (localize) => localize("container"),
  "k8s-container": (localize) => localize("container"),
  wsl: () => "WSL",
  tunnel: (localize) => localize("tunnel"),
  codespaces: () => "GitHub Codespaces",
};

/** Where the extension runs, as the editor tells it. */
export interface Whereabouts {
  /** `vscode.env.remoteName`: that of the window, set in the extension hosts of both machines. */
  readonly remoteName: string | undefined;
  /** The extension runs where the window is (`ExtensionKind.UI`), as it does in a remote window, too, if it can. */
  readonly isBesideWindow: boolean;
}

/**
 * The remote machine that runs the extension, in a person's words: what asks the DNS, hosts and the CA. A name that is
 * not known is as the editor has it; of a server that is opened in a browser that is its address.
 * @returns undefined where the person's own computer does
 */
export function remoteMachine({ remoteName, isBesideWindow }: Whereabouts, localize: Localize): string | undefined {
  if (remoteName === undefined || isBesideWindow) return undefined;
  return Object.hasOwn(WORDS, remoteName) ? WORDS[remoteName]?.(localize) : remoteName;
}
