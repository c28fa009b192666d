import { seedGlobalStorage } from "../workbench/seed";
import { type Sandbox, type SandboxOptions, startSandboxServer } from "../../src/sandbox/server";
import type { Editor } from "./editor";

/** Characters that a careless form, URL or log gets wrong; no word of it occurs anywhere else. */
export const PASSWORD = "Quitte&Rebus=47%+ß“Ankh”";

export const LOGIN = "ada";

/**
 * Gives the tests of the enclosing `describe` a sandbox that the editor's windows know of.
 * @returns the sandbox, to be called inside a test
 */
export function useSandbox(editor: () => Editor, options: SandboxOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined;
  before("start a sandbox", async () => {
    sandbox = await startSandboxServer({ accounts: [{ loginName: LOGIN, loginPassword: PASSWORD }], ...options });
    await seedGlobalStorage(editor().globalStorage, sandbox);
  });
  after("stop the sandbox", () => sandbox?.stop());
  return () => {
    if (sandbox === undefined) throw new Error("the sandbox is there inside a test only");
    return sandbox;
  };
}
