import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { identifyKeys, openPrivateKey } from "../../src/certificates/checks/private-key";
import { keyIdentity } from "../../src/certificates/keys/key-identity";
import { decodePublicKey } from "../../src/certificates/keys/public-key";
import { obstacleOfPkcs12, openPkcs12 } from "../../src/certificates/pkcs12/open";
import { strangersCases, strangersFile } from "../unit/strangers/cases";
import { inEnglish } from "../../src/words/localize";

describe("files of strangers whose passwords take long to try", () => {
  it("open: nss.p12", async () => {
    const bytes = strangersFile("nss.p12");
    const open = (password: string) => openPkcs12(bytes, password, { path: [], offset: 0, length: 0 });
    assert.equal(obstacleOfPkcs12(bytes), undefined);
    const password = strangersCases.files.find(({ file }) => file === "files/nss.p12")?.password;
    const { objects, damage } = await open(password ?? assert.fail());
    assert.deepEqual(damage, []);
    const [key, certificate] = objects;
    assert.deepEqual([key?.kind, certificate?.kind, objects.length], ["privateKey", "certificate", 2]);
    // That its public half is known shows that it was opened.
    assert.ok(key?.kind === "privateKey" && key.keyIdentity !== undefined);
    await assert.rejects(open("another"), { code: "wrong-password" });
  });

  it("open: iter4m.key", async () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const other = keyIdentity(decodePublicKey(publicKey.export({ format: "der", type: "spki" })));
    const bytes = strangersFile("iter4m.key");
    assert.deepEqual(identifyKeys(bytes), [{ state: "encrypted" }]);
    const states: string[] = [];
    for (const passphrase of [undefined, "wrong", "secret"]) {
      const opened = await openPrivateKey(bytes, other, passphrase);
      states.push(inEnglish(opened.state === "closed" ? opened.message : opened.state));
    }
    // It is not the key that is looked for: the right passphrase opens it and finds that out.
    assert.deepEqual(states, ["needs-passphrase", "wrong-passphrase", "not-there"]);
  });
});
