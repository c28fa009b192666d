import { isRefusedByJava } from "../../certificates/exports/readers";
import { runMultiStepInput } from "../base/multi-step-input";
import { inSentences, localize } from "../base/localize";

/**
 * Asks for the password of a file that is about to be written, twice and masked. The caller uses it once and does not
 * store it.
 * @param file its name, for the title
 * @returns undefined when the person left
 */
export async function askNewPassword(file: string): Promise<string | undefined> {
  let password = "";
  const done = await runMultiStepInput(localize("Password for {0}", file), [
    async (input) => {
      password = await input.input({
        prompt: localize("Choose a password to protect the file. It is not kept here, so store it somewhere safe."),
        secret: true,
        check: (text) => (text === "" ? localize("A file with a private key needs a password.") : undefined),
      });
    },
    async (input) => {
      await input.input({
        prompt: inSentences(localize("Type the password again."), ...javaWords(password)),
        secret: true,
        check: (text) =>
          text === password ? undefined : localize("The passwords do not match. Type it again, or go back."),
      });
    },
  ]);
  return done ? password : undefined;
}

/** Said while the person can still go back: nothing is written yet. */
function javaWords(password: string): readonly string[] {
  if (!isRefusedByJava(password)) return [];
  return [
    localize(
      "Java (keytool, Tomcat) refuses this password because it contains non-ASCII characters. Go back if the file is for Java.",
    ),
  ];
}
