import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import tls from "node:tls";
import { createTransport } from "../../../src/net/transport";
import { defineChecksSwitchedOff } from "../../wire/checks-switched-off";
import { defineGoingWrong, type TransportFactory } from "../../wire/going-wrong";

// Node.js parses all of a connection's CAs for each one. The host lane does the same with the system's.
const [one = ""] = tls.rootCertificates;
const make: TransportFactory = (options) => createTransport({ ...options, certificateAuthorities: [one] });

describe("transport, when things go wrong", () => {
  defineGoingWrong(make);
});

describe("transport, when the process is told to trust everybody, by", () => {
  defineChecksSwitchedOff(make, false);
});

describe("the README", () => {
  it("says what these tests show", () => {
    const text = readFileSync("README.md", "utf8");
    assert.match(text, /There is no switch that turns certificate checking off\./);
  });
});
