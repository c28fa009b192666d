import assert from "node:assert/strict";
import fc from "fast-check";
import { parseOrders } from "../../../src/orders/import/parse-orders";
import { inEnglish } from "../../../src/words/localize";
import { productNamed } from "../../../src/orders/import/product-words";
import { strangersText } from "./cases";
import { inShort } from "./in-short";

const found = (text: string): string[] => parseOrders(text).orders.map(inShort);
/** Lines and messages of what was not taken. */
const refused = (text: string): string[] =>
  parseOrders(text).problems.map(({ line, message }) => `${line}: ${inEnglish(message)}`);

type Table = readonly (readonly [what: string, text: string, orders: readonly string[]])[];

/** Each row is a text, and what must be made of it. */
function each(table: Table): void {
  for (const [what, text, orders] of table) it(what, () => assert.deepEqual(found(text), orders));
}

/** "order １２…", whose digits take three bytes each. */
const DIGITS = Buffer.from("order １２３４５６７８９");
const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("orders as strangers write them", () => {
  describe("names of products", () => {
    it("takes the CA's own names (product-names)", () =>
      assert.deepEqual(found(strangersText("product-names")), [
        "123456789 ssl a.example.test",
        "123456790 ssl b.example.test",
        "123456791 ssl c.example.test",
        "123456792 ssl *.d.example.test",
      ]));

    const names: Readonly<Record<string, readonly string[]>> = {
      ssl: [
        ...[
          "PositiveSSL",
          "PositiveSSL Wildcard",
          "PositiveSSL Multi-Domain DV",
          "PositiveSSL EV",
          "positivessl_wildcard",
        ],
        ...["InstantSSL", "InstantSSL Pro", "InstantSSL Premium", "InstantSSL UCC OV", "EssentialSSL", "Essential SSL"],
        ...[
          "EssentialSSL Wildcard",
          "EV SSL",
          "Comodo SSL",
          "COMODO EV Multi-Domain SSL",
          "Sectigo SSL",
          "SectigoSSL UCC DV",
        ],
        ...[
          "EnterpriseSSL Pro",
          "EliteSSL",
          "GoldSSL",
          "PlatinumSSL Wildcard",
          "PremiumSSL Legacy",
          "Intranet SSL",
          "Trial SSL",
        ],
        ...["Unified Communications", "UCC", "OV", "DV", "EV", "Multi-Domain", "Wildcard", "PositiveSSL™", "ＳＳＬ"],
        ...[
          "TLS",
          "SSL/TLS",
          "Extended Validation",
          "Organization Validated",
          "  ssl  ",
          "CollectSSL",
          "PositiveSslWildcard",
        ],
      ],
      smime: [
        "S/MIME",
        "SMIME",
        "smime",
        "S/MIME Enterprise",
        "Secure Email Certificate",
        "CollectSMIME",
        "S/MIME Mailbox Validated",
      ],
      pac: ["Personal Authentication", "Personal Authentication Certificate", "CPAC", "CPAC Pro", "PAC", "CollectPAC"],
      ccc: ["CCC", "Client Certificate", "Custom Client Certificates", "CollectCCC"],
      mc: ["VMC", "CMC", "Verified Mark Certificate", "Common Mark Certificates", "Mark", "CollectMC", "mc"],
      undefined: [
        ...[
          "New",
          "Renewal",
          "Robot",
          "Code Signing",
          "EV Code Signing",
          "EV CodeSigning",
          "Document Signing",
          "12",
          "n/a",
          "",
        ],
        ...["ssl.example.test", "jane@tls.example.test", "Passionate", "Devon", "Misslead", "Mossland"],
      ],
    };
    for (const [product, words] of Object.entries(names)) {
      it(`tells ${product}`, () => {
        for (const name of words) assert.equal(String(productNamed(name)), product, name);
      });
    }

    it("lets no unknown type discard a row (unknown-types)", () => {
      assert.deepEqual(found(strangersText("unknown-types")), [
        "123456789 shop.example.test",
        "123456790 b.example.test",
      ]);
      assert.deepEqual(refused(strangersText("unknown-types")), []);
    });

    each([
      [
        "from the column that names one",
        "Type,Order ID,Product\nNew,123456789,PositiveSSL\nRenewal,123456790,?",
        ["123456789 ssl", "123456790"],
      ],
      [
        "not from a name",
        "123456789,ssl.example.test\n123456790,tls.example.test",
        ["123456789 ssl.example.test", "123456790 tls.example.test"],
      ],
      [
        "not from a name in a line",
        "123456789 ssl.example.test\n123456790 x",
        ["123456789 ssl.example.test", "123456790"],
      ],
      ["not from an address in a mail", "Order number: 123456789\nhelp@ssl.example.test", ["123456789"]],
      [
        "in words of a line",
        "123456789 Personal Authentication j@x.example\n123456790 EV SSL x.example",
        ["123456789 pac j@x.example", "123456790 ssl x.example"],
      ],
      [
        "of each line, where they differ",
        "Order 123456789: S/MIME for j@x.example\nOrder 123456790: VMC for x.example",
        ["123456789 smime j@x.example", "123456790 mc x.example"],
      ],
    ]);
  });

  describe("numbers that have a label", () => {
    it("takes a certificate ID for one (certificate-id)", () =>
      assert.deepEqual(found(strangersText("certificate-id")), ["certificateID 9876543"]));

    it("tells a number of Certificate Manager (scm-id)", () => {
      assert.deepEqual(found(strangersText("scm-id")), []);
      assert.match(refused(strangersText("scm-id")).join("\n"), /^1: .*Certificate Manager \(SCM\)/);
    });

    each([
      ["a certificate ID in a sentence", "The certificate ID is 9876543.", ["certificateID 9876543"]],
      [
        "several of them",
        "Certificate IDs: 9876543, 9876544 and 9876545",
        ["certificateID 9876543", "certificateID 9876544", "certificateID 9876545"],
      ],
      [
        "a list below its label",
        "Certificate IDs:\n9876543\n9876544",
        ["certificateID 9876543", "certificateID 9876544"],
      ],
      ["a base order number", "Base Order Number: 123456789", ["baseOrderNumber 123456789"]],
      ["an order and its certificate", "Order Number: 123456789\nCertificate ID: 9876543", ["123456789"]],
      ["in another line", "Order Number:\n\n  123456789", ["123456789"]],
      ["in another cell", "Order Number\t123456789\nDomain Name\tshop.example.test", ["123456789 shop.example.test"]],
      ["with a note", "Order Number (Sectigo): 123456789", ["123456789"]],
      ["in German", "Ihre Bestellnummer lautet 123456789.", ["123456789"]],
      [
        "in French and Spanish",
        "Numéro de commande : 123456789\nNúmero de pedido: 123456790",
        ["123456789", "123456790"],
      ],
      ["in groups of three", "Order Number: 123 456 789", ["123456789"]],
      ["with decimals", "Order Number: 123456789.0", ["123456789"]],
      ["not with others", "Order Number: 123456789.01", []],
      ["beside several products", "Collect 123456789 (SSL), 123456790 (S/MIME)", ["123456789", "123456790"]],
      ["in full-width digits", "Order Number: １２３４５６７８９", ["123456789"]],
      ["with a word joiner inside", "Order Number: 1234\u206056789", ["123456789"]],
      ["bold", "**Order Number:** 123456789", ["123456789"]],
      ["in settings", "ORDER_NUMBER=123456789", ["123456789"]],
      ["beside an invoice", "Invoice number 55555555 for order number 123456789", ["123456789"]],
    ]);

    const others = [
      "Self Enrollment Certificate ID: 1234567",
      "SSL ID: 1234567",
      "SCM Order ID: 1234567",
      "Certificate Manager number 1234567",
      "Backend Certificate ID 1234567",
      "Enrollment ID: 1234567",
      "Order Number,Self-Enrollment Certificate ID\n,1234567",
      "Common Name: a.example\nSelf-Enrollment Certificate ID: 1234567",
      '{"sslId": 1234567, "commonName": "a.example"}',
    ];
    for (const text of others) {
      it(`takes no number of SCM for an order's: ${text.split("\n")[0]}`, () => {
        assert.deepEqual(found(text), []);
        assert.match(refused(text).join("\n"), /Certificate Manager \(SCM\)/);
      });
    }

    for (const label of [
      "Serial number",
      "Invoice No.",
      "Ticket",
      "Phone",
      "Customer ID",
      "Purchase order number",
      "DUNS",
    ]) {
      it(`takes no number for an order's that is said to be something else: ${label}`, () => {
        for (const text of [`${label}: 123456789`, `${label},Domain\n123456789,a.example`]) {
          assert.deepEqual(found(text), [], text);
          assert.notDeepEqual(refused(text), [], text);
        }
      });
    }
  });

  describe("mails", () => {
    it("decodes a subject (encoded-subject)", () =>
      assert.deepEqual(found(strangersText("encoded-subject")), ["123456789"]));
    it("looks through HTML (html)", () => assert.deepEqual(found(strangersText("html")), ["123456789"]));

    const body = "Grüße,\n\nyour order number is 123456789.\nDomain: shop.example.test\n";
    const html = `<html><body><style>p{}</style><p>Order Number: <b>123456789</b><br/>SSL</p></body></html>`;
    const part = (type: string, encoding: string, text: string): string =>
      `Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${text}`;
    const mixed = (...parts: string[]): string =>
      `From: a@b.example\nDate: Fri, 27 Nov 2026 10:00:00 +0000\nMessage-ID: <987654321@b.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed;\n boundary="=_x 1"\n\nThis is MIME.\n${parts.map((each) => `--=_x 1\n${each}\n`).join("")}--=_x 1--\n`;
    each([
      ["base64", part("text/plain; charset=utf-8", "base64", base64(body)), ["123456789 shop.example.test"]],
      [
        "base64 in lines",
        part("text/plain", "BASE64", base64(body).replace(/.{20}/g, "$&\r\n")),
        ["123456789 shop.example.test"],
      ],
      [
        "quoted-printable",
        part("text/plain", "quoted-printable", "Your order num=\nber =3D 1234=\n56789"),
        ["123456789"],
      ],
      [
        "UTF-16",
        part("text/plain; charset=utf-16le", "base64", Buffer.from(body, "utf16le").toString("base64")),
        ["123456789 shop.example.test"],
      ],
      [
        "a charset that nobody knows",
        part("text/plain; charset=klingon", "base64", base64(body)),
        ["123456789 shop.example.test"],
      ],
      ["HTML in base64", part("text/html", "base64", base64(html)), ["123456789 ssl"]],
      [
        "several parts",
        mixed(part("text/plain", "base64", base64(body)), part("text/html", "base64", base64(html))),
        ["123456789 shop.example.test"],
      ],
      [
        "a first part that says nothing",
        mixed(part("text/plain", "7bit", "See below."), part("text/html", "base64", base64(html))),
        ["123456789 ssl"],
      ],
      [
        "parts in parts",
        mixed(
          `Content-Type: multipart/alternative; boundary=in\n\n--in\n${part("text/plain", "base64", base64(body))}\n--in--`,
        ),
        ["123456789 shop.example.test"],
      ],
      [
        "a mail in a mail",
        mixed(`Content-Type: message/rfc822\n\nSubject: x\n${part("text/plain", "base64", base64(body))}`),
        ["123456789 shop.example.test"],
      ],
      [
        "a table that is attached",
        mixed(
          part("text/plain", "7bit", "My orders."),
          part(
            'application/octet-stream; name="o.csv"',
            "base64",
            base64("Order Number,Domain\n123456789,a.example\n123456790,b.example"),
          ),
        ),
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "no other attachment",
        mixed(
          part("text/plain", "base64", base64(body)),
          part("image/png", "base64", base64("order number 999999999")),
        ),
        ["123456789 shop.example.test"],
      ],
      ["headers as a program shows them", "From: CA\nTo: Me\nSubject: Order 123456789\n\nIt is ready.", ["123456789"]],
      ["an mbox", "From me Fri Nov 27\nSubject: Order 123456789\n\nReady.", ["123456789"]],
      ["a subject in Q", "Subject: =?iso-8859-1?Q?Best=E4tigung_f=FCr_order_number_123456789?=\n\n.", ["123456789"]],
      [
        "a subject in two words",
        `Subject: =?UTF-8?B?${base64("order number 1234")}?=\n =?UTF-8?B?${base64("56789 für")}?=\n\n.`,
        ["123456789"],
      ],
      [
        "a letter in two words",
        `Subject: =?UTF-8?B?${Buffer.from("Größe order number 123456789").subarray(0, 3).toString("base64")}?= =?UTF-8?B?${Buffer.from("Größe order number 123456789").subarray(3).toString("base64")}?=\n\n.`,
        ["123456789"],
      ],
      [
        "a digit in two words",
        `Subject: =?UTF-8?B?${DIGITS.subarray(0, 14).toString("base64")}?=\n =?UTF-8?B?${DIGITS.subarray(14).toString("base64")}?=\n\n.`,
        ["123456789"],
      ],
      [
        "lines of a table that only places things",
        "<table><tr><td></td><td><p>Order 123456789: S/MIME</p><p>Order 123456790: VMC</p></td></tr></table>",
        ["123456789 smime", "123456790 mc"],
      ],
      ["a subject whose words are left as they are", "Subject: =?x?Y?z?= order number 123456789\n\n.", ["123456789"]],
      ["entities", "<p>Order&nbsp;Number&#58;&#x20;<span>1234</span>56789</p>", ["123456789"]],
      ["lines of HTML", "Order Number:<br>123456789<br>Certificate ID:<br>9876543", ["123456789"]],
      ["labels in HTML", "<div>Certificate ID: <strong> 9876543 </strong></div>", ["certificateID 9876543"]],
      [
        "labels and values in cells",
        "<table><tr><td><p>Order Number</p></td><td><p>123456789</p></td></tr><tr><td>Domain</td><td>a.example</td></tr></table>",
        ["123456789 a.example"],
      ],
      [
        "a table in HTML",
        "<p>Hi</p><table><tr><th>Order</th><th></th><th>Product</th></tr><tr><td>123456789</td><td></td><td>EV<br>SSL</td></tr></table>",
        ["123456789 ssl"],
      ],
      [
        "a table that only places things",
        "<table><tr><td><img src=x></td><td><p>Dear Jane,</p><p>Order Number: 123456789</p><p>Domain: a.example</p></td></tr></table>",
        ["123456789 a.example"],
      ],
      [
        "what nobody sees",
        "<script>var order = 999999999;</script><!-- order 888888888 --><p title='order 777777777'>Order 123456789</p>",
        ["123456789"],
      ],
      ["a link", '<p>See <a href="https://portal.example/x?order=123456789&amp;y=1">your order</a></p>', ["123456789"]],
      ["HTML of a word processor", "<p class=MsoNormal>Order Number: <o:p></o:p>123456789</p>", ["123456789"]],
      ["signs that are no markup", "a < b, order number 123456789 > <jane@x.example>", ["123456789"]],
    ]);
  });

  describe("scripts", () => {
    it("reads a call of Python (script)", () => assert.deepEqual(found(strangersText("script")), ["123456789 ssl a"]));

    const URL = "https://secure.trust-provider.com/products/download/CollectSSL";
    each([
      [
        "Python with a form before the call",
        `data = {\n  "loginName": "me",\n  "loginPassword": "x", # it's mine\n  "orderNumber": 123456789,\n}\nrequests.post("${URL}", data=data)`,
        ["123456789 ssl me"],
      ],
      ["Python with pairs", `r = post(url, [('orderNumber', '123456789'), ("queryType", '1')])`, ["123456789"]],
      ["Python with a list", `url = "${URL}"\norders = ["123456789", "123456790"]`, ["123456789 ssl", "123456790 ssl"]],
      ["curl with double quotes", `curl "${URL}" -d "loginName=me&orderNumber=123456789"`, ["123456789 ssl me"]],
      [
        "curl with --data-urlencode",
        `curl -X POST '${URL}' --data-urlencode "orderNumber=123456789" --data-urlencode 'loginName=me'`,
        ["123456789 ssl me"],
      ],
      ["curl with JSON", `curl ${URL} --json '{"orderNumber":"123456789"}'`, ["123456789 ssl"]],
      ["curl with a variable", `ORDER=123456789\ncurl ${URL} -d "orderNumber=$ORDER"`, ["123456789 ssl"]],
      ["curl of cmd.exe", `curl ${URL} ^\r\n -d "orderNumber=123456789" ^\r\n -d "loginName=me"`, ["123456789 ssl me"]],
      [
        "wget",
        `wget --post-data='orderNumber=123456789&loginName=me%40x.example' ${URL}`,
        ["123456789 ssl me@x.example"],
      ],
      [
        "PowerShell with a table",
        `Invoke-WebRequest -Uri "${URL}" -Method Post -Body @{ loginName = 'me'; orderNumber = '123456789' }`,
        ["123456789 ssl me"],
      ],
      [
        "PowerShell with a text",
        `Invoke-RestMethod "${URL}" \`\n -Body "orderNumber=123456789&queryType=1"`,
        ["123456789 ssl"],
      ],
      [
        "JavaScript with JSON",
        `fetch("${URL}", { body: JSON.stringify({ orderNumber: "123456789", loginName: 'me' }) })`,
        ["123456789 ssl me"],
      ],
      [
        "JavaScript with a form",
        "fetch(`" + URL + '`, { body: new URLSearchParams({"orderNumber": `123456789`}) });',
        ["123456789 ssl"],
      ],
      [
        "JavaScript with append",
        `form.append("queryType", "1"); form.append('orderNumber', "123456789");`,
        ["123456789"],
      ],
      ["JSON in a literal", `axios.post('${URL}', "{\\"orderNumber\\":\\"123456789\\"}")`, ["123456789 ssl"]],
      ["PHP", `$q = ['loginName' => 'me', 'orderNumber' => '123456789', 'loginPassword' => "p"];`, ["123456789 me"]],
      ["Ruby", `Net::HTTP.post_form(URI('${URL}'), orderNumber: '123456789', loginName: 'me')`, ["123456789 ssl me"]],
      ["settings", `SECTIGO_LOGIN_NAME=me\nexport SECTIGO_ORDER_NUMBER="123456789"`, ["123456789 me"]],
      ["YAML", "sectigo:\n  loginName: me\n  certificate_id: 9876543", ["certificateID 9876543 me"]],
      [
        "a request of HTTP",
        `POST /products/download/CollectSMIME HTTP/1.1\nHost: secure.sectigo.com\nContent-Type: application/x-www-form-urlencoded\n\nloginName=me&orderNumber=123456789`,
        ["123456789 smime me"],
      ],
      [
        "two calls",
        `post("${URL}", {orderNumber: "123456789"})\npost("${URL.replace("SSL", "PAC")}", {orderNumber: "123456790"})`,
        ["123456789 ssl", "123456790 pac"],
      ],
      [
        "two forms before their calls",
        `a = {'orderNumber': '123456789'}\npost('${URL}', a)\nb = {'orderNumber': '123456790'}\npost('${URL.replace("SSL", "PAC")}', b)`,
        ["123456789 ssl", "123456790 pac"],
      ],
      [
        "a collection code",
        `post("${URL.replace("SSL", "CCC")}", {"collectionCode": "AbC123xyz"})`,
        ["collectionCode ccc AbC123xyz"],
      ],
      ["an order by letters", `{'orderNumber': 'A-77', 'queryType': 0}`, ["A-77"]],
      [
        "a password with an order in it",
        `{'loginPassword': 'p&orderNumber=666666', 'orderNumber': '123456789'}`,
        ["123456789"],
      ],
      ["nothing where a word stands for the number", `curl ${URL} --data-urlencode 'orderNumber=order_number'`, []],
      [
        "nothing where a variable stands",
        `requests.post("${URL}", data={"orderNumber": order_number, "queryType": "1"})`,
        [],
      ],
    ]);
  });

  describe("spreadsheets", () => {
    it("keeps the zero (kept-zero)", () =>
      assert.deepEqual(found(strangersText("kept-zero")), ["0123456789 shop.example.test"]));
    it("takes decimals off (decimal)", () =>
      assert.deepEqual(found(strangersText("decimal")), ["123456789 shop.example.test"]));
    it("says that a number was rounded (rounded)", () => {
      assert.deepEqual(found(strangersText("rounded")), []);
      assert.match(
        refused(strangersText("rounded")).join("\n"),
        /^2: A spreadsheet rounded its number to “1\.23457E\+08”/,
      );
    });

    const spelled: Readonly<Record<string, string>> = {
      '"123456789"': "123456789",
      "'0123456789": "0123456789",
      "’0123456789": "0123456789",
      '="0123456789"': "0123456789",
      "123456789.00": "123456789",
      "123456789,0": "123456789",
      "123,456,789": "123456789",
      "123,456,000": "123456000",
      "123.456.789,00": "123456789",
      "123 456 789": "123456789",
      "123\u00a0456\u00a0789": "123456789",
      "123\u202f456\u202f789": "123456789",
      "123'456'789": "123456789",
      "12,34,56,789": "123456789",
      "  123456789\u00a0": "123456789",
      "\u200b123456789\ufeff": "123456789",
      "１２３４５６７８９": "123456789",
      "#123456789": "123456789",
      "№ 123456789": "123456789",
      "“123456789”": "123456789",
      "123456789.": "123456789",
      "SO-123456": "SO-123456",
    };
    for (const [cell, value] of Object.entries(spelled)) {
      it(`reads ${JSON.stringify(cell)} as ${value}`, () => {
        assert.deepEqual(found(`Order Number\tProduct\n${cell}\tSSL`), [`${value} ssl`]);
        assert.deepEqual(found(`Order Number,Product\n"${cell.replaceAll('"', '""')}",SSL`), [`${value} ssl`]);
      });
    }

    for (const cell of ["1.23457E+08", "1,23457E+08", "1.23456789e8", "1E+15", "1.234567890E15"]) {
      it(`refuses ${cell}, and says why`, () => {
        for (const text of [
          `Order;Domain\n${cell};a.example`,
          `${cell}\ta.example\n${cell}\tb.example`,
          `mine\n${cell} a.example`,
        ]) {
          assert.deepEqual(found(text), [], text);
          assert.match(refused(text).join("\n"), /A spreadsheet rounded/, text);
        }
      });
    }

    for (const word of ["pending", "n/a", "none", "-", "TBD", "order_number", "see mail"]) {
      it(`takes no word for a number: ${word}`, () => {
        const texts = [
          `Order Number,Domain\n${word},a.example`,
          JSON.stringify([{ orderNumber: word }]),
          JSON.stringify({ version: 1, orders: [{ reference: { kind: "orderNumber", value: word } }] }),
          `curl -d 'orderNumber=${word}' https://secure.sectigo.com/products/download/CollectSSL`,
          `https://portal.example/x?orderNumber=${encodeURIComponent(word)}`,
        ];
        for (const text of texts) assert.deepEqual(found(text), [], text);
      });
    }

    it("takes another number of the row where the first is none", () =>
      assert.deepEqual(found("Order Number,Certificate ID\npending,9876543"), ["certificateID 9876543"]));

    it("takes no price for an order", () => assert.deepEqual(found("a.example,12345.00\nb.example,100.00"), []));
  });

  describe("tables", () => {
    it("reads one of Markdown (markdown-table)", () => {
      assert.deepEqual(found(strangersText("markdown-table")), ["123456789 shop.example.test"]);
      assert.deepEqual(refused(strangersText("markdown-table")), []);
    });

    each([
      ["Markdown without outer bars", "Order | Domain\n--- | :---:\n123456789 | a.example", ["123456789 a.example"]],
      [
        "Markdown with marks",
        "| Order | Domain | Note |\n|--|:--|--:|\n| `123456789` | **a.example** | x \\| y |\n| [123456790](https://x.example/1) | b.example | |",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "Markdown below words",
        "# Orders\n\nThese are ours:\n\n| Order | Domain |\n| - | - |\n| --- | --- |\n| 123456789 | a.example |",
        ["123456789 a.example"],
      ],
      [
        "a terminal's",
        "+-----------+-----------+\n| order_id  | domain    |\n+-----------+-----------+\n| 123456789 | a.example |\n+-----------+-----------+",
        ["123456789 a.example"],
      ],
      ["psql's", " order_id  |  domain\n-----------+-----------\n 123456789 | a.example", ["123456789 a.example"]],
      [
        "copied out of a page",
        "Order\tDomain\tStatus\n123456789\ta.example\tIssued, valid\n123456790\tb.example\t",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "semicolons around commas",
        "\uFEFFOrder Number;Domain;Tags\r\n123456789;a.example;x, y, z\r\n",
        ["123456789 a.example"],
      ],
      ["what Excel says of it", "sep=;\nOrder;Domain\n123456789;a,b", ["123456789 a"]],
      ["a title above", "Report of 2026-11-27\n\nOrder Number,Domain\n123456789,a.example", ["123456789 a.example"]],
      [
        "headings of other words",
        "Vendor Order ID,Host Name,Certificate Type\n123456789,a.example,PositiveSSL",
        ["123456789 ssl a.example"],
      ],
      ["returns alone", "Order,Domain\r123456789,a.example\r", ["123456789 a.example"]],
      ["a date beside the order", "Order Date,Order Number,Order Status\n20260131,123456789,done", ["123456789"]],
      ["a column of invoices", "Invoice Number,Order Number\n55555555,123456789", ["123456789"]],
      [
        "what is counted below rows without headings",
        "123456789\ta.example\n123456790\tb.example\ntotal\t24 orders",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "a total below many rows without headings",
        `${Array.from({ length: 12 }, (_, index) => `${123456700 + index}\ta.example`).join("\n")}\ntotal\torders\n12\t`,
        Array.from({ length: 12 }, (_, index) => `${123456700 + index} a.example`),
      ],
      [
        "totals between rows without headings",
        "123456789,a.example\nTotal orders,1\n123456790,b.example\nTotal orders,2",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "a customer's number above the headings",
        "Customer,1234567\nOrder,Domain\n123456789,a.example",
        ["123456789 a.example"],
      ],
      [
        "a customer's number above the headings of collection codes",
        "Customer;1234567\nCollection Code;Domain;Product\nAbc123Def456Gh;a.example;SSL",
        ["collectionCode ssl a.example Abc123Def456Gh"],
      ],
      [
        "numbers of a customer, an invoice and a telephone above one row",
        "Customer no.;1234567\nInvoice no.;7654321\nPhone;5551234567\nOrder number;Domain\n123456789;a.example",
        ["123456789 a.example"],
      ],
      [
        "telephones that nothing names above the headings",
        "Jane,5551234567\nJoe,5551234568\nOrder,Domain,Product\n123456789,a.example,SSL",
        ["123456789 ssl a.example"],
      ],
      [
        "an invoice above collection codes",
        "Invoice\t7654321\nDate\t20260131\nCollection Code\tDomain\nAbc123Def456Gh\ta.example",
        ["collectionCode a.example Abc123Def456Gh"],
      ],
      [
        "headings below rows that have none",
        "123456789\ta.example\tSSL\n123456790\tb.example\tSSL\nOrder\tDomain\tProduct",
        ["123456789 ssl a.example", "123456790 ssl b.example"],
      ],
      [
        "a summary above the headings",
        "Orders,Domains\n2,2\n\nDomain,Order\na.example,123456789\nb.example,123456790",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "a second table with its columns in another order",
        "Order,Domain\n123456789,a.example\n\nDomain,Order\nb.example,123456790",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "a second table with more columns",
        "Order,Domain\n123456789,a.example\n123456791,c.example\n\nOrder,Domain,Product\n123456790,b.example,SSL",
        ["123456789 a.example", "123456791 c.example", "123456790 ssl b.example"],
      ],
      [
        "a second table of invoices",
        "Order,Domain\n123456789,a.example\n\nInvoice,Date,Product\n7654321,20260131,SSL",
        ["123456789 a.example"],
      ],
      [
        "a row in whose cells nothing is",
        "Domain;Order;Invoice\na.example;123456789;7654321\nx.example;no order;no invoice\nb.example;123456790;7654322",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "a total that has the words of headings between rows",
        "Order;Domain;Price\n123456789;a.example;10\nOrder;Total;10\n123456790;b.example;10\nOrder;Total;10",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "certificates below a table of orders",
        "Order,Domain\n123456789,a.example\n\nCertificate ID,Domain\n7654321,b.example",
        ["123456789 a.example", "certificateID 7654321 b.example"],
      ],
      [
        "orders below a table of collection codes",
        "Collection Code,Domain\nAbc123Def,a.example\n\nOrder,Domain\n123456790,b.example",
        ["collectionCode a.example Abc123Def", "123456790 b.example"],
      ],
      ["single headings one below the other", "Order\n123456789\nOrder\n123456790", ["123456789", "123456790"]],
      [
        "counts in words between rows without headings",
        "123456789,a.example\nTotal orders,one\n123456790,b.example\nTotal orders,two",
        ["123456789 a.example", "123456790 b.example"],
      ],
      [
        "counts of other languages below",
        "N° de commande;Nom de domaine\n123456789;a.example\nNombre de commandes;12345\nTotal des commandes;12345",
        ["123456789 a.example"],
      ],
      [
        "counts of other languages above",
        "Anzahl Bestellungen;12345\nBestellnummer;Domain\n123456789;a.example",
        ["123456789 a.example"],
      ],
      [
        "months beside the headings",
        "Invoice,Order,Domain,01,02,03\n7654321,123456789,a.example,1,2,3",
        ["123456789 a.example"],
      ],
      [
        "the numbers of rows beside the headings",
        "1,Customer no,Order,Domain\n2,7654321,123456789,a.example",
        ["123456789 a.example"],
      ],
      [
        "headings with brackets",
        "Order Number (CA),Common Name (CN),Product (type)\n123456789,a.example,SSL",
        ["123456789 ssl a.example"],
      ],
      [
        "headings with digits at their ends",
        "Order number,Domain 1,Domain 2\n123456789,a.example,x.example",
        ["123456789 a.example"],
      ],
      [
        "several orders to a row",
        "Order 1\tDomain 1\tOrder 2\tDomain 2\n123456789\ta.example\t123456790\tb.example\n123456791\tc.example\t\t",
        ["123456789 a.example", "123456790 b.example", "123456791 c.example"],
      ],
      [
        "several orders of one domain",
        "Domain,Order 1,Order 2\na.example,123456789,123456790",
        ["123456789 a.example", "123456790 a.example"],
      ],
      ["the same column twice", "order_id,domain,order_id\n123456789,a.example,123456789", ["123456789 a.example"]],
      ["a list below its heading", "Order numbers\n1. 123456789\n- 123456790", ["123456789", "123456790"]],
      ["numbered headings", "1. Order,2. Domain\n123456789,a.example", ["123456789 a.example"]],
      [
        "notes between",
        "Order,Domain\n# mine\n123456789,a.example\n#123456790,b.example",
        ["123456789 a.example", "123456790 b.example"],
      ],
    ]);

    it("keeps the reasons of a table in which no row is good, with the lines of the file", () => {
      const text =
        '# orders, "old"\n\nOrder Number,Note\n"pending","two\nlines"\n\n# more\n,x\n1.2E+08,"a\n\nb"\n../1,y';
      assert.deepEqual(
        refused(text).map((each) => each.slice(0, 22)),
        ["4: There are no digits", "8: It has no order num", "9: A spreadsheet round", "12: Its number contain"],
      );
      assert.equal(parseOrders(text).form, "table");
    });

    it("counts the lines of good rows as the file does", () => {
      const text =
        'sep=,\r\n# a\r\n\r\nOrder,Note\r\n123456789,"x\r\ny"\r\n\r\n123456790,z\r\n| nothing\r\n123456791,"a""\r\nb"\r\n123456792,';
      assert.deepEqual(
        parseOrders(text).orders.map(({ line }) => line),
        [5, 8, 10, 12],
      );
    });

    it("counts the lines of mails and HTML as the file does", () => {
      const lines = (text: string) => parseOrders(text).orders.map(({ line }) => line);
      assert.deepEqual(
        lines("Subject: x\nContent-Transfer-Encoding: quoted-printable\n\na=\nb\nOrder num=\nber 123456789"),
        [6],
      );
      assert.deepEqual(
        lines("<p>\nHi</p>\n<!--\n\n-->\n<p>\nOrder\nNumber 123456789</p><p>Order 123456790</p>"),
        [7, 8],
      );
      assert.deepEqual(
        lines(`Subject: x\nContent-Transfer-Encoding: base64\n\n${base64("a\nb\nOrder 123456789")}`),
        [4],
      );
    });

    it("shows no column of passwords among what was not understood", () => {
      const [problem] = parseOrders("Order,Password,Domain\npending,hunter22,a.example").problems;
      assert.equal(problem?.excerpt, "pending a.example");
    });
  });

  describe("JSON", () => {
    it("asks for a product that is not said (json-without-product)", () => {
      assert.deepEqual(found(strangersText("json-without-product")), ["123456789 shop.example.test"]);
      assert.deepEqual(refused(strangersText("json-without-product")), []);
    });

    each([
      ["a number", '[{"order_number": 123456789, "product": "PositiveSSL"}]', ["123456789 ssl"]],
      [
        "other names",
        '[{"orderId":"123456789"},{"OrderNo":"123456790"},{"order":"123456791"}]',
        ["123456789", "123456790", "123456791"],
      ],
      [
        "a certificate ID",
        '[{"certificateID":"9876543"},{"certificate_id":9876544}]',
        ["certificateID 9876543", "certificateID 9876544"],
      ],
      ["one order", '{"orderNumber":"123456789","loginName":"me","loginPassword":"x"}', ["123456789 me"]],
      ["an order inside", '{"data":{"order":{"number":123456789},"domains":["a.example"]}}', ["123456789 a.example"]],
      ["a list inside", '{"meta":[1,2],"data":{"items":[{"order":{"id":123456789}}]}}', ["123456789"]],
      ["numbers alone", '["123456789", 123456790]', ["123456789", "123456790"]],
      ["a line each", '{"orderNumber":"123456789"}\n{"orderNumber":"123456790"}\n', ["123456789", "123456790"]],
      ["a product that nobody knows", '[{"orderNumber":"123456789","product":"Robot"}]', ["123456789"]],
      ["what SCM says", '[{"sslId":77777,"orderNumber":123456789,"backendCertId":"5"}]', ["123456789"]],
      ["JavaScript", "[{orderNumber: '123456789', loginName: 'me'},]", ["123456789 me"]],
      ["a link of Markdown", "[123456789](https://portal.example/orders/123456789)", ["123456789"]],
      ["a collection code", '[{"product":"pac","collectionCode":"AbC123xyz"}]', ["collectionCode pac AbC123xyz"]],
    ]);

    it("takes no number that JSON rounded", () => {
      assert.deepEqual(found('[{"orderNumber":12345678901234567890}]'), []);
      assert.match(refused('[{"orderNumber":12345678901234567890}]').join(), /Put it in quotes/);
    });
  });

  it("reads whatever comes in pieces of all of these, and finds no reference without a digit", () => {
    const pieces = ["product-names", "scm-id", "encoded-subject", "html", "script", "kept-zero", "markdown-table"].map(
      strangersText,
    );
    const marks = [
      "\n",
      "\n\n",
      "--x\n",
      "<td>",
      "</tr>",
      "&#1;",
      '"',
      "'",
      "`",
      "|",
      "\\",
      "=\n",
      "{",
      "Content-Type: text/html\n\n",
      "=?utf-8?B?",
    ];
    const slice = fc
      .tuple(fc.constantFrom(...pieces), fc.nat(200), fc.nat(200))
      .map(([text, from, to]) => text.slice(from, to));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(slice, fc.constantFrom(...marks), fc.string({ maxLength: 3 })), { maxLength: 30 }),
        (parts) => {
          const text = parts.join("");
          const { orders, problems } = parseOrders(text);
          const last = text.split(/\r\n|\n|\r/).length;
          for (const { line, reference } of orders) {
            assert.ok(line >= 1 && line <= Math.max(last, orders.length));
            if ("value" in reference) assert.match(reference.value, /\d/);
          }
          for (const { line } of problems) assert.ok(line >= 1 && line <= Math.max(last, problems.length));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
