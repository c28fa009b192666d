import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { runInNewContext } from "node:vm";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate } from "@peculiar/asn1-x509";
import { ContentInfo, SignedData } from "@peculiar/asn1-cms";
import { unzipSync } from "fflate";
import { type PATHS, PATIENCE, pemBlocks, type Reply, Trial } from "./client";

type Product = keyof typeof PATHS;

const DATES = "01/04/2026 16/10/2026";
const TERM = "1775001600 1838073600";
const DETAILS =
  "csrStatus=1\ndcvStatus=1\nfreeDVUPStatus=-1\novCallbackStatus=-1\norganizationValidationStatus=-1\nmaStatus=-1\ncaaStatus=Authorized";
const ALL_SHOWN = { showValidityPeriod: "Y", showFQDN: "Y", showExtStatus: "Y", showStatusDetails: "Y" };

const SHOPS_WAITING =
  "shop.example VALIDATED, www.shop.example VALIDATED, cdn.shop.example VALIDATED, brand.shop.example";

/** Certificates, leaf first, of PKCS#7 in DER or BER. */
function pkcs7(bytes: Uint8Array): readonly X509Certificate[] {
  const info = AsnConvert.parse(bytes, ContentInfo);
  const { certificates } = AsnConvert.parse(info.content, SignedData);
  return [...(certificates ?? [])].map(({ certificate }) => {
    assert.ok(certificate);
    return new X509Certificate(new Uint8Array(AsnConvert.serialize(certificate)));
  });
}

/** Every certificate that lies anywhere in some DER, in its order: for structures that nothing at hand reads. */
function certificatesIn(der: Buffer): readonly X509Certificate[] {
  const found: X509Certificate[] = [];
  for (let at = der.indexOf("3082", 0, "hex"); at >= 0; at = der.indexOf("3082", at + 1, "hex")) {
    const end = at + 4 + der.readUInt16BE(at + 2);
    if (end > der.length) continue;
    try {
      const certificate = AsnConvert.parse(der.subarray(at, end), Certificate);
      if (certificate.signatureValue.byteLength === 0) continue;
      found.push(new X509Certificate(der.subarray(at, end)));
      at = end - 1;
    } catch {
      continue;
    }
  }
  return found;
}

const serials = (certificates: readonly X509Certificate[]): readonly string[] =>
  certificates.map(({ serialNumber }) => serialNumber);

describe("answers", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  let issued: Trial;
  before(async () => {
    [trial, issued] = await Promise.all([Trial.start(), Trial.start({ step: 0 })]);
  });
  after(() => Promise.all([trial.stop(), issued.stop()]));

  /** The chain of an order as single certificates, root first. */
  const chainOf = async (product: Product, orderNumber: string): Promise<readonly X509Certificate[]> => {
    const reply = await issued.ask(product, { orderNumber, ...(product !== "mc" && { queryType: "1" }) });
    return pemBlocks(reply.text).map((block) => new X509Certificate(block));
  };

  describe("newline, byte for byte", () => {
    const rows: readonly (readonly [Product, Record<string, string>, string])[] = [
      ["ssl", { orderNumber: "1000002", queryType: "0" }, "1\nCertificates Available"],
      ["ssl", { orderNumber: "1000002", queryType: "0", showValidityPeriod: "Y" }, `1\n${DATES}\n${TERM}`],
      [
        "ssl",
        { orderNumber: "1000002", queryType: "0", showExtStatus: "Y" },
        "1\nCertificates Available\nIssued\nComplete",
      ],
      [
        "ssl",
        { orderNumber: "1000002", queryType: "0", ...ALL_SHOWN },
        `1\n${DATES}\nIssued\nComplete\n${DETAILS}\n${TERM}`,
      ],
      ["ssl", { orderNumber: "1000017", queryType: "1" }, "0"],
      ["ssl", { orderNumber: "1000017", queryType: "1", showFQDN: "Y", showValidityPeriod: "Y" }, "0"],
      ["ssl", { orderNumber: "1000017", queryType: "0", showExtStatus: "Y" }, "0\nAwaiting Validation (Full)"],
      ["smime", { orderNumber: "2000002", queryType: "0" }, "1"],
      ["smime", { orderNumber: "2000002", queryType: "0", showValidityPeriod: "Y" }, "1\n01/04/2026 30/03/2028"],
      ["smime", { orderNumber: "2000017", queryType: "1" }, "0"],
      ["ccc", { orderNumber: "3000002", queryType: "0" }, "1\nCertificates Available"],
      ["ccc", { orderNumber: "3000002", queryType: "0", showValidityPeriod: "Y" }, "1\n01/04/2026 31/03/2027"],
      ["pac", { orderNumber: "4000002", queryType: "0" }, "1\nCertificates Available"],
      ["mc", { orderNumber: "5000017" }, "0"],
      ["ssl", { orderNumber: "1000011", queryType: "1" }, "-20\nThe certificate request has been rejected!"],
      ["ssl", { orderNumber: "1000012", queryType: "1" }, "-21\nThe certificate has been revoked!"],
      [
        "ssl",
        { orderNumber: "1000014", queryType: "1" },
        "-91\nPermission Denied. Not allowed to use the AUTO-Apply service.",
      ],
      ["pac", { orderNumber: "4000014", queryType: "1" }, "-91\nPermission Denied for wrong status"],
      [
        "ssl",
        { orderNumber: "1000024", queryType: "1" },
        "-90\nPermission denied for using “voucher” with ‘productID’",
      ],
      ["mc", { orderNumber: "5000011", responseType: "2" }, "-20\nThe certificate request has been rejected!"],
      ["ssl", { orderNumber: "1000002" }, "-3\nThe 'queryType' argument is missing!"],
      ["ssl", { orderNumber: "1000002", queryType: "1", more: "1" }, "-2\nUnrecognised argument!"],
      [
        "smime",
        { orderNumber: "x", queryType: "1" },
        "Request is rejected.\n-4\nThe value of the 'orderNumber' argument is invalid!",
      ],
      ["smime", { orderNumber: "2000011", queryType: "1" }, "-20\nThe certificate request has been rejected!"],
      ["ccc", { orderNumber: "3000002" }, `{'errorCode': -3, 'errorMessage': "The 'queryType' argument is missing!"}`],
      ["ccc", { orderNumber: "3000011", queryType: "1" }, "-20\nThe certificate request has been rejected!"],
    ];

    it(`${rows.length} answers without certificates`, async () => {
      for (const [product, fields, text] of rows) {
        const reply = await issued.ask(product, fields);
        assert.equal(reply.text, text, `${product} ${JSON.stringify(fields)}`);
        assert.equal(reply.contentType, "text/plain");
        assert.equal(reply.status, 200);
      }
    });

    it("certificates: status, dates, name, root to leaf, and the rest past an empty line", async () => {
      const { text } = await issued.ask("ssl", { orderNumber: "1000002", queryType: "1", ...ALL_SHOWN });
      const data = pemBlocks(text).join("");
      assert.equal(text, `2\n${DATES}\n*.apps.sandbox.example\n${data}\nIssued\nComplete\n${DETAILS}\n${TERM}`);
    });

    it("queryType 1, 2, 3: all, the leaf, the authorities", async () => {
      const chain = serials(await chainOf("pac", "4000002"));
      for (const [queryType, expected] of [
        ["1", chain],
        ["2", chain.slice(2)],
        ["3", chain.slice(0, 2)],
      ] as const) {
        const { text } = await issued.ask("pac", { orderNumber: "4000002", queryType });
        assert.deepEqual(serials(pemBlocks(text).map((block) => new X509Certificate(block))), expected);
        assert.equal(text, `2\n${pemBlocks(text).join("")}`);
      }
    });

    it("domains of a multi-domain order, one by one; brands in the second list alone", async () => {
      const ask = async (flag: string): Promise<string> => {
        return (await trial.ask("ssl", { orderNumber: "1000005", queryType: "0", [flag]: "Y" })).text;
      };
      assert.equal(
        await ask("showMDCDomainDetails"),
        "0\nshop.example NOTVALIDATED, www.shop.example NOTVALIDATED, cdn.shop.example NOTVALIDATED, brand.shop.example NOTVALIDATED",
      );
      trial.clock.time += 3000;
      assert.equal(await ask("showMDCDomainDetails"), `0\n${SHOPS_WAITING} NOTVALIDATED`);
      assert.equal(await ask("showMDCDomainDetails2"), `0\n${SHOPS_WAITING} AWAITINGBRAND`);
      assert.equal(await ask("showExtStatus"), "0\nAwaiting Validation (Brand)\nAwaiting Brand Validation");
    });
  });

  describe("URL-encoded", () => {
    const encoded = async (from: Trial, fields: Record<string, string>): Promise<Reply> => {
      const reply = await from.ask("ssl", { queryType: "1", responseType: "3", responseFormat: "1", ...fields });
      assert.equal(reply.contentType, "application/x-www-form-urlencoded");
      return reply;
    };

    it("an order in progress: durations, no dates, the steps that apply", async () => {
      const { text } = await encoded(trial, { orderNumber: "1000003", ...ALL_SHOWN });
      assert.equal(
        text,
        "errorCode=0&certificateDuration=199&productTermDuration=730&fqdn=portal.sandbox.example&certificateStatus=Awaiting+Validation+%28Full%29&validationStatus=Awaiting+Legal+Documents&csrStatus=1&dcvStatus=0&freeDVUPStatus=-1&ovCallbackStatus=0&organizationValidationStatus=2&maStatus=0",
      );
    });

    it("an issued one: dates, caCertificate repeated with the root first, certificate", async () => {
      const chain = await chainOf("ssl", "1000004");
      const answer = new URLSearchParams((await encoded(issued, { orderNumber: "1000004", ...ALL_SHOWN })).text);
      assert.equal(answer.get("errorCode"), "2");
      assert.equal(answer.get("notBefore"), "1775001600");
      assert.equal(answer.get("notAfter"), "1792195199");
      assert.equal(answer.get("productTermStartDate"), "1775001600");
      assert.equal(answer.get("productTermEndDate"), "1838073600");
      assert.equal(answer.get("evLegalExistence"), "1");
      const base64 = [...answer.getAll("caCertificate"), ...answer.getAll("certificate")];
      assert.deepEqual(
        base64.map((text) => Buffer.from(text, "base64")),
        chain.map(({ raw }) => raw),
      );
    });

    it("structures by their names, without line ends", async () => {
      for (const [responseType, key] of [
        ["0", "zipFile"],
        ["1", "netscapeCertificateSequence"],
        ["2", "pkcs7"],
      ] as const) {
        const answer = new URLSearchParams((await encoded(issued, { orderNumber: "1000002", responseType })).text);
        assert.deepEqual([...answer.keys()], ["errorCode", key]);
        assert.match(answer.get(key) ?? "", /^[A-Za-z0-9+/]+=*$/);
      }
    });

    it("queryType 0 and 2, and domains", async () => {
      assert.equal((await encoded(issued, { orderNumber: "1000002", queryType: "0" })).text, "errorCode=1");
      const leaf = new URLSearchParams((await encoded(issued, { orderNumber: "1000002", queryType: "2" })).text);
      assert.deepEqual([...leaf.keys()], ["errorCode", "certificate"]);
      const domains = new URLSearchParams(
        (await encoded(trial, { orderNumber: "1000005", showMDCDomainDetails2: "Y" })).text,
      );
      assert.equal(domains.get("mdcDomainDetails2"), `${SHOPS_WAITING} AWAITINGBRAND`);
    });

    it("refusals, with the argument at fault for -2 to -4", async () => {
      const rows: readonly (readonly [Record<string, string>, string])[] = [
        [{ orderNumber: "1000011" }, "errorCode=-20&errorMessage=The+certificate+request+has+been+rejected%21"],
        [
          { orderNumber: "9" },
          "errorCode=-4&errorMessage=The+value+of+the+%27orderNumber%27+argument+is+invalid%21&errorItem=orderNumber",
        ],
        [
          { orderNumber: "1000011", collectionCode: "a" },
          "errorCode=-2&errorMessage=Unrecognised+argument%21&errorItem=collectionCode",
        ],
        [{}, "errorCode=-3&errorMessage=The+%27orderNumber%27+argument+is+missing%21&errorItem=orderNumber"],
      ];
      for (const [fields, text] of rows) assert.equal((await encoded(issued, fields)).text, text);
    });

    it("binary asks for no text form: newline it is", async () => {
      const fields = {
        orderNumber: "1000011",
        queryType: "1",
        responseFormat: "1",
        responseType: "2",
        responseEncoding: "1",
      };
      assert.equal((await issued.ask("ssl", fields)).contentType, "text/plain");
    });
  });

  describe("structures", () => {
    const rows: readonly (readonly [Product, string])[] = [
      ["ssl", "1000002"],
      ["smime", "2000002"],
      ["ccc", "3000002"],
      ["pac", "4000002"],
    ];

    for (const [product, orderNumber] of rows) {
      const fields = { orderNumber, queryType: "1" };

      it(`${product}: PKCS#7, leaf first, binary and in lines of base64`, async () => {
        const leafFirst = [...serials(await chainOf(product, orderNumber))].reverse();
        const binary = await issued.ask(product, { ...fields, responseType: "2", responseEncoding: "1" });
        assert.deepEqual(serials(pkcs7(binary.body)), leafFirst);
        // S/MIME's is BER: indefinite length from the first element on.
        assert.equal(binary.body.readUInt8(1) === 0x80, product === "smime");
        const { text } = await issued.ask(product, { ...fields, responseType: "2" });
        assert.match(text, /^2\n(?:[A-Za-z0-9+/]{64}\n)+[A-Za-z0-9+/]{1,64}={0,2}\n$/);
        assert.deepEqual(Buffer.from(text.slice(2), "base64"), binary.body);
      });

      it(`${product}: Netscape sequence`, async () => {
        const leafFirst = [...serials(await chainOf(product, orderNumber))].reverse();
        const { text } = await issued.ask(product, { ...fields, responseType: "1" });
        const der = Buffer.from(text.slice(2), "base64");
        assert.ok(der.subarray(0, 20).includes(Buffer.from("060960864801 86f8420205".replaceAll(" ", ""), "hex")));
        assert.deepEqual(serials(certificatesIn(der)), leafFirst);
      });

      if (product !== "ssl") {
        it(`${product}: CMMF with the authorities before the leaf`, async () => {
          const { text } = await issued.ask(product, { ...fields, responseType: "4" });
          const der = Buffer.from(text.slice(2), "base64");
          assert.deepEqual(serials(certificatesIn(der)), serials(await chainOf(product, orderNumber)));
        });
      }
    }

    it("ssl: a ZIP with a file for each certificate", async () => {
      const fields = { orderNumber: "1000002", queryType: "1", responseType: "0" };
      const binary = await issued.ask("ssl", { ...fields, responseEncoding: "1" });
      const files = unzipSync(binary.body);
      assert.deepEqual(Object.keys(files), [
        "SandboxRoot.crt",
        "SandboxIssuingCA.crt",
        "STAR_apps_sandbox_example.crt",
      ]);
      const certificates = Object.values(files).map((file) => new X509Certificate(file));
      assert.deepEqual(serials(certificates), serials(await chainOf("ssl", "1000002")));
      const { text } = await issued.ask("ssl", fields);
      assert.deepEqual(Buffer.from(text.slice(2), "base64"), binary.body);
    });

    it("mc: PKCS#7 with markers and no status, signed; binary; ZIP", async () => {
      const leafFirst = [...serials(await chainOf("mc", "5000001"))].reverse();
      const { text } = await issued.ask("mc", { orderNumber: "5000001", responseType: "2" });
      const [, base64 = ""] = /^-----BEGIN PKCS7-----\n([^-]+)-----END PKCS7-----\n$/.exec(text) ?? [];
      const der = Buffer.from(base64, "base64");
      assert.deepEqual(serials(pkcs7(der)), leafFirst);
      assert.equal(AsnConvert.parse(AsnConvert.parse(der, ContentInfo).content, SignedData).signerInfos.length, 1);
      const binary = await issued.ask("mc", { orderNumber: "5000001", RESPONSETYPE: "2", RESPONSEENCODING: "1" });
      assert.deepEqual(serials(pkcs7(binary.body)), leafFirst);
      const zip = await issued.ask("mc", { orderNumber: "5000001", responseType: "0", responseEncoding: "1" });
      assert.equal(Object.keys(unzipSync(zip.body)).length, 3);
    });

    it("pending and refused stay text where binary is asked for", async () => {
      const binary = { queryType: "1", responseType: "2", responseEncoding: "1" };
      assert.equal((await issued.ask("ssl", { ...binary, orderNumber: "1000017" })).text, "0");
      assert.match((await issued.ask("ssl", { ...binary, orderNumber: "1000011" })).text, /^-20\n/);
    });
  });

  describe("scripts and media types", () => {
    /** Runs a script as a browser would have, with a callback that counts. */
    function run(text: string): Record<string, unknown> {
      const scope: Record<string, unknown> = { called: 0 };
      scope.collected = () => (scope.called = Number(scope.called) + 1);
      runInNewContext(text, scope);
      return scope;
    }

    it("g_ccc holds the structure asked for, and the callback is CCC's", async () => {
      const fields = { orderNumber: "3000002", queryType: "1", responseType: "2", responseEncoding: "2" };
      const reply = await issued.ask("ccc", { ...fields, callbackFunctionName: "collected" });
      assert.equal(reply.contentType, "text/javascript");
      const scope = run(reply.text);
      assert.equal(scope.g_errorCode, 2);
      assert.equal(scope.g_errorMessage, "");
      assert.equal(scope.called, 1);
      assert.equal(pkcs7(Buffer.from(String(scope.g_ccc), "base64")).length, 3);
      const leaf = run((await issued.ask("ccc", { ...fields, queryType: "2", responseType: "3" })).text);
      assert.equal(leaf.called, 0);
      const [, , expected] = await chainOf("ccc", "3000002");
      assert.deepEqual(Buffer.from(String(leaf.g_ccc), "base64"), expected?.raw);
    });

    it("status alone, pending, and refusals", async () => {
      const rows: readonly (readonly [Record<string, string | undefined>, number, string])[] = [
        [{ orderNumber: "4000002", queryType: "0" }, 1, ""],
        [{ orderNumber: "4000017", queryType: "1" }, 0, ""],
        [{ orderNumber: "4000011", queryType: "1" }, -20, "The certificate request has been rejected!"],
        [{ orderNumber: "4000002" }, -3, "The 'queryType' argument is missing!"],
      ];
      for (const [fields, code, message] of rows) {
        const scope = run((await issued.ask("pac", { ...fields, responseEncoding: "2" })).text);
        assert.deepEqual([scope.g_ccc, scope.g_errorCode, scope.g_errorMessage], ["", code, message]);
      }
    });

    it("responseMimeType names the type of an answer with certificates, and of scripts", async () => {
      const responseMimeType = "application/x-x509-user-cert";
      const rows: readonly (readonly [Record<string, string>, string])[] = [
        [{ orderNumber: "3000002", queryType: "1" }, "text/plain"],
        [{ orderNumber: "3000002", queryType: "1", responseMimeType }, responseMimeType],
        [
          { orderNumber: "3000002", queryType: "1", responseType: "2", responseEncoding: "1", responseMimeType },
          responseMimeType,
        ],
        [{ orderNumber: "3000002", queryType: "1", responseType: "2", responseEncoding: "1" }, "text/plain"],
        [{ orderNumber: "3000002", queryType: "1", responseEncoding: "2", responseMimeType }, responseMimeType],
        [{ orderNumber: "3000017", queryType: "1", responseMimeType }, "text/plain"],
        [{ orderNumber: "3000011", queryType: "1", responseMimeType }, "text/plain"],
      ];
      for (const [fields, type] of rows) assert.equal((await issued.ask("ccc", fields)).contentType, type);
    });
  });
});
