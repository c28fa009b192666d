import { runHostTests } from "../workbench/host-tests";

/** Called by the editor in its extension host, for `extensionTestsPath`: runs the tests of this folder. */
export function run(): Promise<void> {
  return runHostTests(__dirname);
}
