import assert from "node:assert/strict";
import { decodeCertificateRequest } from "../../../src/certificates/x509/certificate-request";
import { fitOf, fittingRequests, requestNames, type Fit } from "../../../src/validation/request-names";
import { VECTOR } from "./vectors";

describe("requestNames", () => {
  it("are those of the subject alternative name, and no common name twice", () =>
    assert.deepEqual(requestNames(decodeCertificateRequest(VECTOR.der)), VECTOR.names));

  const request = decodeCertificateRequest(VECTOR.der);
  const COMMON: [commonName: string, names: string[]][] = [
    ["Shop.EXAMPLE.", ["shop.example"]],
    ["*.bücher.example", ["*.xn--bcher-kva.example"]],
    ["ann@Mail.EXAMPLE", ["ann@mail.example"]],
    ["192.0.2.1", ["192.0.2.1"]],
    ["Ann Example", []],
    ["localhost", []],
    ["Example Inc.", []],
  ];
  for (const [value, names] of COMMON) {
    it(`of the common name ${value}: ${names.join()}`, () => {
      const rdns = [[{ oid: "2.5.4.3", value, stringType: "UTF8String" }]];
      const made = { ...request, extensions: [], subject: { text: "", rdns } };
      assert.deepEqual(requestNames(made), names);
    });
  }
});

describe("which requests fit an order", () => {
  const FITS: [names: string[], domains: string[], fit: Fit][] = [
    [["a.example"], ["a.example"], "same"],
    [["a.example"], ["A.EXAMPLE."], "same"],
    [["a.example"], ["www.a.example"], "same"],
    [["www.a.example", "a.example"], ["a.example"], "same"],
    [["*.a.example", "a.example"], ["*.a.example"], "all"],
    [["*.a.example"], ["a.example"], "none"],
    [["a.example", "b.example"], ["a.example"], "all"],
    [["a.example"], ["a.example", "b.example"], "some"],
    [["xn--bcher-kva.example"], ["bücher.example"], "same"],
    [["ann@mail.example"], ["mail.example"], "same"],
    [["ann@mail.example"], ["ann@mail.example"], "same"],
    [["a.example"], ["b.example"], "none"],
    [["sub.a.example"], ["a.example"], "none"],
    [[], ["a.example"], "none"],
    [["a.example"], [], "none"],
    [["192.0.2.1"], ["192.0.2.1"], "same"],
  ];
  for (const [names, domains, fit] of FITS) {
    it(`${names.join()} for ${domains.join()}: ${fit}`, () => assert.equal(fitOf(names, domains), fit));
  }

  it("come with the best one first", () => {
    const requests = [
      ["b.example"],
      ["a.example"],
      ["a.example", "b.example", "c.example"],
      ["a.example", "b.example"],
      ["x.example"],
    ];
    const fitting = fittingRequests(
      requests.map((names, id) => ({ names, id })),
      ["a.example", "b.example"],
    );
    assert.deepEqual(
      fitting.map(({ id, fit }) => [id, fit]),
      [
        [3, "same"],
        [2, "all"],
        [0, "some"],
        [1, "some"],
      ],
    );
  });

  it("is found out with one reading of the order's domains, however many requests there are", () => {
    let reads = 0;
    const domains = new Proxy(["a.example", "b.example"], {
      get: (all, key): unknown => (key === "0" && reads++, Reflect.get(all, key)),
    });
    const requests = Array.from({ length: 500 }, () => ({ names: ["a.example"] }));
    assert.equal(fittingRequests(requests, domains).length, 500);
    assert.equal(reads, 1);
  });
});
