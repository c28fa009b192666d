import { createTransport } from "../../../src/net/transport";
import { defineGoingWrong } from "../../wire/going-wrong";

describe("transport, when things go wrong", () => {
  defineGoingWrong(createTransport);
});
