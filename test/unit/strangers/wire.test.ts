import assert from "node:assert/strict";
import { judgeCode } from "../../../src/api/codes";
import { buildRequest } from "../../../src/api/request";
import { readAnswer } from "../../../src/api/response";
import type { CollectResult, StatusDetail } from "../../../src/api/result";
import type { OrderRow } from "../../../src/orders/presentation/arrange";
import { RowTally } from "../../../src/orders/presentation/row-tally";
import { noticesOf } from "../../../src/orders/presentation/attention";
import { caWord, CA_ADVICE } from "../../../src/orders/model/ca-words";
import type { Login, Order } from "../../../src/orders/model/order";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { stateOf } from "../../../src/orders/presentation/state";
import { reply, SSL_ASKED } from "../api/answers";
import { Desk, ONE } from "../editor/desk";
import { HOUR, START } from "../orders/doubles";
import { order, PENDING } from "../orders/world";

const read = (body: string): CollectResult => readAnswer(reply(body), SSL_ASKED);

function detailOf(body: string): StatusDetail {
  const result = read(body);
  assert(result.kind === "pending" || result.kind === "available", JSON.stringify(result));
  return result.detail;
}

const MESSAGE = "Incorrect login details, account is locked, password has expired or your source IP is blocked.";

/** Ways in which a server may write the code and the message of one refusal. */
const REFUSALS: readonly string[] = [
  `-16\n${MESSAGE}`,
  `-16 ${MESSAGE}`,
  `-16\t${MESSAGE}\n`,
  `-16: ${MESSAGE}`,
  `-16, ${MESSAGE}`,
  `-16; ${MESSAGE}\r\n`,
  `-16|${MESSAGE}`,
  `-16 - ${MESSAGE}`,
  `-16 – ${MESSAGE}`,
  `-16${MESSAGE}`,
  `  -16   ${MESSAGE}`,
  `\ufeff-16 ${MESSAGE}`,
  `\n\n-16 ${MESSAGE}`,
  `−16 ${MESSAGE}`,
  `(-16) ${MESSAGE}`,
  `[-16] ${MESSAGE}`,
  `Error -16: ${MESSAGE}`,
  `ERROR: -16 ${MESSAGE}`,
  `Error code: -16, ${MESSAGE}`,
  `errorCode: -16 ${MESSAGE}`,
  `Error (-16): ${MESSAGE}`,
  `The call was not taken.\n-16 ${MESSAGE}`,
  `errorCode=-16&errorMessage=${MESSAGE}`,
  `errorcode=-16&errormessage=${MESSAGE}&`,
  `errorMessage=${MESSAGE}&errorCode=-16`,
  `&errorCode=-16&errorMessage=${encodeURIComponent(MESSAGE)}&&`,
  `errorCode = -16&errorMessage=${MESSAGE}`,
  `error_code=-16&error_message=${MESSAGE}`,
  `errorCode=-16\nerrorMessage=${MESSAGE}`,
  `errorCode=-16 &errorMessage=${MESSAGE}`,
  `errorCode=-16&errorMessage=${MESSAGE}&errorCode=0`,
  `errorCode=0&errorCode=-16&errorMessage=${MESSAGE}`,
  `{"errorCode": -16, "errorMessage": "${MESSAGE}"}`,
  `[{"errorCode": "-16", "errorMessage": "${MESSAGE}"}]`,
  `{"status": -16, "message": "${MESSAGE}"}`,
  `{"error": -16, "message": "${MESSAGE}"}`,
  `{"error_code": -16, "message": "${MESSAGE}"}`,
  `?errorCode=-16&errorMessage=${MESSAGE}`,
  `errorCode="-16"&errorMessage=${MESSAGE}`,
  `errorCode=−16&errorMessage=${MESSAGE}`,
  `errorCode=-16;errorMessage=${MESSAGE}`,
  `－16\n${MESSAGE}`,
  `Return code: -16\n${MESSAGE}`,
  `rc=-16 ${MESSAGE}`,
  `The following error occurred: -16 ${MESSAGE}`,
  `Sectigo error -16: ${MESSAGE}`,
];

describe("the wire as strangers saw it", () => {
  describe("a refused sign-in", () => {
    for (const body of REFUSALS) {
      it(`is told by ${JSON.stringify(body.slice(0, 60))}`, () => {
        const result = read(body);
        assert(result.kind === "refused", JSON.stringify(result));
        assert.deepEqual([result.code, result.after, result.message], [-16, "sign-in", MESSAGE]);
      });

      it(`freezes a login that was good until then, in every window: ${JSON.stringify(body.slice(0, 60))}`, async () => {
        const desk = new Desk();
        let calls = 0;
        desk.world.collect = () => {
          calls++;
          return Promise.resolve(calls === 1 ? PENDING : read(body));
        };
        const [first, second] = [desk.open(), desk.open()];
        await first.window.start();
        await second.window.start();
        await first.track(4);
        await first.enter(ONE, "wrong");
        await desk.world.clock.advance(48 * HOUR);
        assert.equal(calls, 2);
        assert.deepEqual([first.isFrozen, second.isFrozen], [true, true]);
        const answers = desk.world.shared.lines.flatMap((line) => (line.type === "answered" ? [line.outcome] : []));
        assert.deepEqual(
          answers.map((outcome) => outcome.kind === "refused" && [outcome.code, outcome.after, outcome.message]),
          [false, [-16, "sign-in", MESSAGE]],
        );
        for (const { window } of [first, second]) window.dispose();
      });
    }

    it("is advised on in all its readings", () => {
      const { advice } = judgeCode(-16, undefined, { product: "ssl", login: true });
      for (const word of [/login name and password/, /locked/, /expired/, /IP address is blocked/, /enabled/])
        assert.match(advice, word);
    });

    const others: readonly string[] = ["-5 days", "-16.5 degrees", "-16-17", "Welcome", "0 errors", "16 Incorrect"];
    for (const body of others.slice(1)) {
      it(`is not told by ${JSON.stringify(body)}`, () => {
        const result = read(body);
        assert.ok(result.kind !== "refused" || result.code !== -16, JSON.stringify(result));
      });
    }
  });

  for (const body of [
    "0 PRE-SIGN FAILED: CAA",
    "0\ncertificateStatus=PRE-SIGN FAILED: CAA",
    '{"errorCode": 0, "certificateStatus": "PRE-SIGN FAILED: CAA"}',
  ]) {
    it(`tells a stopped order by ${JSON.stringify(body)}`, () => {
      assert.equal(caWord(detailOf(body))?.word, "pre-sign-failed");
    });
  }

  it("gives a refund its words", () => {
    const result = read("-18\nRefunded");
    assert(result.kind === "refused");
    assert.match(result.advice, /refunded/);
    assert.equal(result.after, "final");
  });

  it("reads other codes with their words on one line", () => {
    assert.equal(read("0 Being processed by Sectigo").kind, "pending");
    assert.equal(read("1: Certificates Available").kind, "available");
    assert.equal(read("-20 Rejected").kind, "refused");
  });

  describe("the URL-encoded form", () => {
    const table: readonly (readonly [what: string, body: string, detail: StatusDetail])[] = [
      [
        "blanks in values",
        "errorCode=0&certificateStatus=Awaiting Validation (Full)&fqdn=a.example",
        { certificateStatus: "Awaiting Validation (Full)", fqdn: "a.example" },
      ],
      [
        "blanks in its first value",
        "certificateStatus=Awaiting Validation&errorCode=0",
        { certificateStatus: "Awaiting Validation" },
      ],
      ["an end that parts nothing", "errorCode=0&fqdn=a.example&", { fqdn: "a.example" }],
      ["small letters", "errorcode=0&fqdn=a.example", { fqdn: "a.example" }],
      ["a message beside a success", "errorCode=0&errorMessage=Success&fqdn=a.example", { fqdn: "a.example" }],
      [
        "a message that says something",
        "errorCode=0&errorMessage=Waiting for you&fqdn=a.example",
        { fqdn: "a.example", other: ["Waiting for you"] },
      ],
    ];
    for (const [what, body, detail] of table) it(`may have ${what}`, () => assert.deepEqual(detailOf(body), detail));
  });

  describe("lists of domains", () => {
    const url = (list: string): string => `errorCode=0&mdcDomainDetails=${encodeURIComponent(list)}`;
    const two: StatusDetail["domains"] = [
      { domain: "a.example", status: "VALIDATED" },
      { domain: "b.example", status: "NOTVALIDATED" },
    ];
    const table: readonly (readonly [
      what: string,
      list: string,
      domains: StatusDetail["domains"],
      other?: readonly string[],
    ])[] = [
      [
        "an odd item among good ones",
        "a.example VALIDATED, what is this, b.example NOTVALIDATED",
        two,
        ["what is this"],
      ],
      ["an odd one at the beginning", "?, a.example VALIDATED, b.example NOTVALIDATED", two, ["?"]],
      ["a number", "20.00, a.example VALIDATED, b.example NOTVALIDATED", two, ["20.00"]],
      ["an empty item", "a.example VALIDATED,, b.example NOTVALIDATED,", two],
      ["a pair a line", "a.example VALIDATED\nb.example NOTVALIDATED\n", two],
      ["words of two parts", "a.example Validated, b.example Not Validated", two],
      ["other signs between them", "a.example: VALIDATED; b.example (not_validated)", two],
      ["a name that awaits", "c.example Awaiting Brand", [{ domain: "c.example", status: "AWAITINGBRAND" }]],
      ["a wildcard", "*.c.example AWAITING BRAND", [{ domain: "*.c.example", status: "AWAITINGBRAND" }]],
      [
        "a new word",
        "a.example VALIDATED, b.example NOTVALIDATED, c.example EXPIRED",
        [...two, { domain: "c.example", status: "EXPIRED" }],
      ],
    ];
    for (const [what, list, domains, other] of table) {
      it(`may have ${what}`, () => {
        const { domains: found, other: rest } = detailOf(url(list));
        assert.deepEqual([found, rest], [domains, other]);
      });
      it(`may have ${what}, in lines`, () => {
        const { domains: found, other: rest } = detailOf(`0\n${list}`);
        assert.deepEqual([found, rest], [domains, other]);
      });
    }

    for (const line of [
      "All names are VALIDATED",
      "It was validated",
      "Awaiting Validation (Brand)",
      "Not validated",
    ]) {
      it(`is not told by ${JSON.stringify(line)}`, () => assert.equal(detailOf(`0\n${line}`).domains, undefined));
    }

    it("makes each a step", () => {
      const { steps } = detailOf(url("a.example Validated, b.example Not Validated, c.example Awaiting Brand"));
      assert.deepEqual(
        steps?.map(({ title, state }) => [title, state]),
        [
          ["a.example", "done"],
          ["b.example", "you"],
          ["c.example", "ca"],
        ],
      );
    });
  });

  for (const line of ["20.00", "1.5", "0.0", "10.20.30.40", "a.example.12", "1,5"]) {
    it(`takes ${line} for no domain`, () => assert.equal(detailOf(`0\n${line}`).fqdn, undefined));
  }
  for (const line of [
    "a.example",
    "*.b.example",
    "1.example",
    "xn--bcher-kva.example",
    "bücher.example",
    "a.xn--p1ai",
    "a.example.",
    "rejected.example",
  ]) {
    it(`takes ${line} for one`, () => assert.equal(detailOf(`0\n${line}`).fqdn, line));
  }

  it("names the click-through step after no product", () => {
    const { steps } = detailOf("errorCode=0&evClickThroughStatus=0");
    assert.deepEqual(
      steps?.map(({ title, state }) => [title, state]),
      [["Subscriber agreement (click-through)", "you"]],
    );
    assert.doesNotMatch(JSON.stringify(steps?.map(({ next }) => next)), /EV/);
  });

  describe("a pending order that the CA stopped", () => {
    const words: readonly (readonly [status: string, word: string])[] = [
      ["PRE-SIGN FAILED: CAA forbids it", "pre-sign-failed"],
      ["Pre-Sign Failed", "pre-sign-failed"],
      ["PRESIGN FAILED", "pre-sign-failed"],
      ["pre sign  failed - x", "pre-sign-failed"],
      ["PRE - SIGN FAILED", "pre-sign-failed"],
      ["Pre-signing check failed", "pre-sign-failed"],
      ["POST-SIGN FAILED", "post-sign-failed"],
      ["post_sign_failed: x", "post-sign-failed"],
      ["Rejected: duplicate key", "rejected"],
      ["REJECTED", "rejected"],
      ["Order rejected: x", "rejected"],
      ["Failed: x", "failed"],
      ["Validation Failed", "failed"],
      ["Cancelled", "failed"],
      ["PreSignFailed", "pre-sign-failed"],
      ["Rejected: the domain belongs to Pre-Sign Failed Ltd", "rejected"],
    ];
    for (const [status, word] of words) {
      for (const body of [
        `errorCode=0&certificateStatus=${encodeURIComponent(status)}`,
        `0\n${status}`,
        `0\na.example\n${status}\nAwaiting Validation`,
      ]) {
        it(`is told by ${JSON.stringify(body)}`, () => {
          const said = caWord(detailOf(body));
          assert.deepEqual([said?.word, said?.text], [word, status.replace(/\s+/g, " ")]);
        });
      }
    }
    for (const status of [
      "Awaiting Validation (Full)",
      "Issued",
      "Being processed",
      "Not rejected",
      "PRE-SIGN CHECK",
      "rejected.example",
      "rejected@a.example",
      "Pre-Sign Failed Ltd",
      "Denied Boarding GmbH",
      "-5 days",
      "Failed 0 of 3 checks",
      "Awaiting Pre-Sign",
    ]) {
      it(`is not told by ${status}`, () => assert.equal(caWord(detailOf(`0\n${status}`)), undefined));
    }
    it("gets a next step for each word", () => {
      for (const advice of Object.values(CA_ADVICE)) assert.match(advice, /\. \S.*\.$/);
    });

    it("counts for the badge, and is told of once", () => {
      const waiting: Order = {
        ...order("123456789"),
        ...{ trackedAt: START, tags: [], certificates: [], paused: false, muted: false },
        asked: { at: START, why: "schedule", question: "everything", answered: true },
        answer: { at: START, outcome: { kind: "pending" }, inRow: 1 },
      };
      const detail = detailOf("errorCode=0&certificateStatus=PRE-SIGN FAILED: CAA");
      const stopped: Order = { ...waiting, detail: { at: START, detail } };
      const login: Login = { key: "sectigo/alice", proved: true };
      const rowOf = (each: Order): OrderRow => {
        const circumstances = { login, background: "everything" } as const;
        const check = nextCheck(each, circumstances, START, 0);
        const said = stateOf(each, circumstances, check, { secretMissing: false }, START);
        return { order: each, check, state: said, account: undefined };
      };
      const state = (each: Order) => rowOf(each).state;
      assert.deepEqual(new RowTally([stopped, waiting].map(rowOf)).attention, {
        needsYou: 0,
        trouble: 1,
        ready: 0,
        tracked: 2,
      });
      assert.match(state(stopped).words, /^Not issued: PRE-SIGN FAILED: CAA$/);
      assert.equal(state(stopped).advice, CA_ADVICE["pre-sign-failed"]);
      const turn = (before: Order, after: Order) => ({ order: after, before: state(before), after: state(after) });
      assert.deepEqual(noticesOf([turn(waiting, stopped)]), [{ kind: "needs-you", orders: [stopped.id] }]);
      assert.deepEqual(noticesOf([turn(stopped, stopped)]), []);
      assert.deepEqual(noticesOf([turn(stopped, waiting)]), []);
    });
  });

  it("sends no logoHostedByCA, which the page of the partner API does not have", () => {
    const values: Record<string, string> = {
      loginName: "a",
      loginPassword: "b",
      orderNumber: "1",
      logoHostedByCA: "Y",
    };
    assert.throws(() => buildRequest("secure.sectigo.com", "mc", values), { code: "unknown" });
  });
});
