import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { ENDPOINTS } from "../../../src/api/endpoints";
import { breaking, type ParameterName, type ParameterValues } from "../../../src/api/parameter";
import { PRODUCTS, type Product } from "../../../src/api/product";
import { nextQuestion, valuesOf, type Decisions } from "../../../src/api/questions";
import { buildRequest } from "../../../src/api/request";

const FREE_TEXT: Readonly<Partial<Record<ParameterName, string>>> = {
  responseMimeType: "text/plain",
  callbackFunctionName: "done",
};

const textFor = (name: ParameterName): string => FREE_TEXT[name] ?? "123";

/** The parameters that no rule speaks of: they are free, and multiply the calls without telling anything. */
function independent(product: Product): ParameterName[] {
  const { parameters, rules } = ENDPOINTS[product];
  const read = new Set<string>(rules.flatMap((rule) => Object.keys({ ...rule.when, ...rule.needs })));
  return parameters.map(({ name }) => name).filter((name) => !read.has(name) && name !== "queryType");
}

const textOf = (values: ParameterValues): string => new URLSearchParams(Object.entries(values).sort()).toString();

/** Every call that the questions lead to. */
function walk(product: Product, decided: Decisions): string[] {
  const status = nextQuestion(product, decided);
  if (status.question === undefined) return [textOf(valuesOf(status.decided))];
  const { parameter, options, mayOmit } = status.question;
  const given = parameter.values === undefined ? [textFor(parameter.name)] : options.map(({ value }) => value);
  const answers = [...given, ...(mayOmit ? [null] : [])];
  assert(answers.length > 0, `${product}: nothing can be answered about ${parameter.name}`);
  return answers.flatMap((answer) => walk(product, { ...status.decided, [parameter.name]: answer }));
}

/** Every call that the rules allow, by trying all. */
function tryAll(product: Product, decided: Decisions): string[] {
  const { parameters, rules } = ENDPOINTS[product];
  let calls: ParameterValues[] = [valuesOf(decided)];
  for (const { name, values, required } of parameters) {
    if (decided[name] !== undefined) continue;
    const answers = values?.map(({ value }) => value) ?? [textFor(name)];
    calls = calls.flatMap((call) => [
      ...(required ? [] : [call]),
      ...answers.map((answer) => ({ ...call, [name]: answer })),
    ]);
  }
  return calls.filter((call) => rules.every((rule) => breaking(rule, call).length === 0)).map(textOf);
}

describe("questions", () => {
  for (const product of PRODUCTS) {
    it(`${product}: lead to exactly the calls that are legal`, () => {
      const decided: Decisions = Object.fromEntries(
        independent(product).map((name) => [
          name,
          ENDPOINTS[product].parameters.find((one) => one.name === name)?.required ? textFor(name) : null,
        ]),
      );
      const walked = walk(product, decided);
      assert.deepEqual([...walked].sort(), tryAll(product, decided).sort());
      assert.equal(new Set(walked).size, walked.length);
      for (const call of walked.slice(0, 200)) {
        const values = Object.fromEntries(new URLSearchParams(call));
        assert.doesNotThrow(() => buildRequest("ca.example.test", product, values), call);
      }
    });

    it(`${product}: ask about every parameter that is not decided`, () => {
      const asked: string[] = [];
      let status = nextQuestion(product, {});
      while (status.question !== undefined) {
        const { parameter, options } = status.question;
        asked.push(parameter.name);
        // The answers that open the most: a login instead of a code, everything, scripts where there are some.
        const preferred: Record<string, string | null> = {
          collectionCode: null,
          queryType: "1",
          responseType: "3",
          responseEncoding: "2",
        };
        const wish = preferred[parameter.name];
        const answer = wish === undefined ? textFor(parameter.name) : wish;
        const offered = parameter.values === undefined || options.some(({ value }) => value === answer);
        status = nextQuestion(product, {
          ...status.decided,
          [parameter.name]: offered ? answer : (options[0]?.value ?? null),
        });
      }
      assert.deepEqual(
        asked,
        ENDPOINTS[product].parameters.map(({ name }) => name),
      );
    });
  }

  it("say why something is not offered", () => {
    const login: Decisions = {
      loginName: "a",
      loginPassword: "b",
      orderNumber: "1",
      certificateID: null,
      baseOrderNumber: null,
    };
    const { question } = nextQuestion("ssl", { ...login, queryType: "0" });
    assert.equal(question?.parameter.name, "responseType");
    assert.deepEqual(
      question.options.map(({ value }) => value),
      ["3"],
    );
    assert.deepEqual(question.because.map(inEnglish), ["responseType 0, 1, 2 and 4 need queryType=1."]);
  });

  it("answer by themselves what has one answer", () => {
    const { decided, question } = nextQuestion("mc", {
      loginName: "a",
      loginPassword: "b",
      orderNumber: "1",
      responseType: "0",
    });
    assert.deepEqual([decided.responseEncoding, question], ["1", undefined]);
  });

  it("do not let the last way to name the order be left out", () => {
    const { question } = nextQuestion("ssl", {
      loginName: "a",
      loginPassword: "b",
      orderNumber: null,
      certificateID: null,
    });
    assert.deepEqual([question?.parameter.name, question?.mayOmit], ["baseOrderNumber", false]);
  });
});
