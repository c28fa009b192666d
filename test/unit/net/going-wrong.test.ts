import tls from "node:tls";
import { createTransport } from "../../../src/net/transport";
import { defineGoingWrong } from "../../wire/going-wrong";

// Node.js parses all of a connection's CAs for each one. The host lane does the same with the system's.
const [one = ""] = tls.rootCertificates;

describe("transport, when things go wrong", () => {
  defineGoingWrong((options) => createTransport({ ...options, certificateAuthorities: [one] }));
});
