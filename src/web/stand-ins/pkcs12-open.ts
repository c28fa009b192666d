import { phrase, type Phrase } from "../../words/phrase";

/** Why a PKCS #12 file stays closed in the browser, which is said in place of the question for its password. */
export const obstacleOfPkcs12 = (): Phrase =>
  phrase("Its password cannot be entered in the browser. Open the file with VS Code on a computer.");
