import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { identifyKeys, openPrivateKey } from "../../src/certificates/checks/private-key";
import { keyIdentity } from "../../src/certificates/keys/key-identity";
import { decodePublicKey } from "../../src/certificates/keys/public-key";
import { strangersFile } from "../unit/strangers/cases";

describe("private keys of strangers, behind a passphrase that takes long to try", () => {
  it("open: iter4m.key", async () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const other = keyIdentity(decodePublicKey(publicKey.export({ format: "der", type: "spki" })));
    const bytes = strangersFile("iter4m.key");
    assert.deepEqual(identifyKeys(bytes), [{ state: "encrypted" }]);
    const states: string[] = [];
    for (const passphrase of [undefined, "wrong", "secret"]) {
      const opened = await openPrivateKey(bytes, other, passphrase);
      states.push(opened.state === "closed" ? opened.message : opened.state);
    }
    // It is not the key that is looked for: the right passphrase opens it and finds that out.
    assert.deepEqual(states, ["needs-passphrase", "wrong-passphrase", "not-there"]);
  });
});
