// Bun's engine is BoringSSL: `bun boringssl.mjs CASES.json` prints what it makes of each case, as JSON.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:tls";

const { cases, key } = JSON.parse(readFileSync(process.argv[2], "utf8"));

async function ask({ pem, issuer, ours }) {
  let certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch (error) {
    return { answer: "unread", why: error.message };
  }
  try {
    certificate.publicKey;
  } catch (error) {
    return { answer: "unused", why: error.message };
  }
  if (!ours) {
    const above = new X509Certificate(issuer);
    const isGood = certificate.checkIssued(above) && certificate.verify(above.publicKey);
    return isGood ? { answer: "taken" } : { answer: "unused", why: "does not fit its issuer" };
  }
  return shake(pem, issuer);
}

// A server with the certificate and a client that verifies it, both of this engine.
function shake(cert, ca) {
  return new Promise((resolve) => {
    const server = createServer({ cert, key }, (socket) => socket.end());
    const end = (answer, error) => {
      server.close();
      resolve({ answer, why: error && `${error.code} ${error.message}` });
    };
    server.on("error", (error) => end("unused", error));
    server.on("tlsClientError", () => undefined);
    server.listen(0, "127.0.0.1", () => {
      const options = { port: server.address().port, host: "127.0.0.1", ca, servername: "case.example.test" };
      const socket = connect({ ...options, checkServerIdentity: () => undefined }, () => {
        end(socket.authorized ? "taken" : "unused", socket.authorizationError);
        socket.destroy();
      });
      socket.on("error", (error) => end("unused", error));
    });
  });
}

const answers = [];
for (const one of cases) {
  try {
    answers.push(await ask(one));
  } catch (error) {
    answers.push({ answer: "unused", why: error.message });
  }
}
console.log(JSON.stringify(answers));
process.exit(0);
