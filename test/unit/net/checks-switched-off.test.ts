import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import tls from "node:tls";
import { createTransport } from "../../../src/net/transport";
import { defineChecksSwitchedOff } from "../../wire/checks-switched-off";

// Node.js parses all of a connection's CAs for each one. The host lane does the same with the system's.
const [one = ""] = tls.rootCertificates;

describe("transport, when the process is told to trust everybody, by", () => {
  defineChecksSwitchedOff((options) => createTransport({ ...options, certificateAuthorities: [one] }), false);
});

describe("the README", () => {
  it("says what these tests show", () => {
    const text = readFileSync("README.md", "utf8");
    assert.match(text, /There is no switch that turns certificate checking off\./);
  });
});
