import assert from "node:assert/strict";
import { parseOrders } from "../../../src/orders/import/parse-orders";
import { inShort } from "./in-short";

type Row = readonly [what: string, text: string, orders: readonly string[]];

/** Texts with numbers of every sort in them, and the orders among these. */
const ROWS: readonly Row[] = [
  [
    "ca mail de",
    "Sehr geehrte Frau Müller,\n\nIhre Bestellung 1234567890 vom 27.11.2026 ist fertig.\nDomain: shop.example\nRechnungsnummer: 20261127001\nUSt-IdNr.: DE123456789\nTelefon: 089 12345678\n",
    ["1234567890 shop.example"],
  ],
  [
    "ca mail fr",
    "Bonjour,\n\nVotre commande n° 1234567890 est prête.\nDomaine : boutique.example\nFacture n° 2026112701\nSIRET : 12345678900012\nTéléphone : 0123456789\n",
    ["1234567890 boutique.example"],
  ],
  ["gmail quoted twice", ">> Order Number:   1234567890\n>> Certificate ID: 9876543\n", ["1234567890"]],
  [
    "qp soft break inside number in paste with only CTE",
    'Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<td style=3D"x">Order Number</td><td>123456=\n7890</td>',
    ["1234567890"],
  ],
  ["order id ORD prose", "Order ID: ORD-123456789\nDomain: a.example", ["ORD-123456789 a.example"]],
  ["order id ORD prose sentence", "Your order ORD-123456789 is ready.", ["ORD-123456789"]],
  ["date compact after order date", "Order date: 20261127", []],
  ["order hotline", "Order hotline: 08001234567", []],
  ["order total", "Order total: 12345", []],
  ["order qty", "Order quantity: 12345", []],
  ["orders over", "Over 100000 orders served", []],
  ["order of 50000 certs", "We want to order 50000 certificates", []],
  ["zip", "Order desk, Musterstr. 1, 80331 München", []],
  ["order tracking 2", "Tracking number: 1234567890", []],
  ["tax", "Steuernummer: 12345678901\nHRB 123456\nUSt-ID 123456789", []],
  ["bank", "Kontonummer: 1234567890, BLZ 70010080", []],
  ["seriennr", "Seriennr.: 12345678", []],
  ["unix time", "notAfter: 1764201600", []],
  ["csv ;", "Bestellnummer;Produkt;Domäne\r\n1234567890;EV SSL;shop.example\r\n", ["1234567890 ssl shop.example"]],
  ["csv fr", "N° de commande;Produit;Domaine\n1234567890;PositiveSSL;a.example", ["1234567890 ssl a.example"]],
  ["csv es", "Número de pedido;Producto;Dominio\n1234567890;PositiveSSL;a.example", ["1234567890 ssl a.example"]],
  ["csv it", "Numero ordine;Prodotto;Dominio\n1234567890;PositiveSSL;a.example", ["1234567890 ssl a.example"]],
  ["csv nl", "Bestelnummer;Product;Domein\n1234567890;PositiveSSL;a.example", ["1234567890 ssl a.example"]],
  [
    "no heading, date first",
    "20261127,1234567890,a.example\n20261128,1234567891,b.example",
    ["1234567890 a.example", "1234567891 b.example"],
  ],
  ["no heading, ticket first ambiguous", "a.example\t20261127\tpaid\nb.example\t20261128\tpaid", []],
  [
    "jira wiki",
    "||Order||Domain||Product||\n|1234567890|a.example|OV SSL|\n|1234567891|b.example|EV SSL|",
    ["1234567890 ssl a.example", "1234567891 ssl b.example"],
  ],
  [
    "confluence wiki link",
    "||Order number||Domain||\n|[1234567890|https://portal.example/o/1234567890]|a.example|",
    ["1234567890 a.example"],
  ],
  ["psql expanded", "-[ RECORD 1 ]-----\norder_id | 1234567890\ndomain   | a.example\n", ["1234567890 a.example"]],
  [
    "sql insert",
    "INSERT INTO certs (order_number, domain, product) VALUES ('1234567890', 'a.example', 'PositiveSSL'), ('1234567891', 'b.example', 'EV SSL');",
    ["1234567890 ssl a.example", "1234567891 ssl b.example"],
  ],
  ["sql in", "SELECT * FROM orders WHERE order_number IN ('1234567890', '1234567891');", ["1234567890", "1234567891"]],
  ["yaml simple list", "orders:\n  - 1234567890\n  - 1234567891\n", ["1234567890", "1234567891"]],
  [
    "go",
    'form := url.Values{}\nform.Set("orderNumber", "1234567890")\nform.Add("loginName", "me")\nhttp.PostForm("https://secure.sectigo.com/products/download/CollectSSL", form)',
    ["1234567890 ssl me"],
  ],
  [
    "java",
    'params.add(new BasicNameValuePair("orderNumber", "1234567890"));\nparams.add(new BasicNameValuePair("loginName", "me"));\nHttpPost p = new HttpPost("https://secure.sectigo.com/products/download/CollectSSL");',
    ["1234567890 ssl me"],
  ],
  [
    "csharp",
    'var d = new Dictionary<string,string>{ {"orderNumber","1234567890"}, {"loginName","me"} };',
    ["1234567890 me"],
  ],
  [
    "postman",
    JSON.stringify(
      {
        info: { name: "x", _postman_id: "1234567" },
        item: [
          {
            name: "Collect",
            request: {
              method: "POST",
              url: "https://secure.sectigo.com/products/download/CollectSSL",
              body: {
                mode: "urlencoded",
                urlencoded: [
                  { key: "loginName", value: "me" },
                  { key: "orderNumber", value: "1234567890" },
                ],
              },
            },
          },
        ],
      },
      null,
      1,
    ),
    ["1234567890 ssl me"],
  ],
  [
    "har",
    JSON.stringify({
      log: {
        version: "1.2",
        entries: [
          {
            request: {
              method: "POST",
              url: "https://secure.sectigo.com/products/download/CollectSSL",
              postData: {
                mimeType: "application/x-www-form-urlencoded",
                text: "loginName=me&orderNumber=1234567890&loginPassword=x",
                params: [],
              },
            },
          },
        ],
      },
    }),
    ["1234567890 ssl me"],
  ],
  [
    "har params",
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              url: "https://secure.sectigo.com/products/download/CollectSSL",
              postData: {
                params: [
                  { name: "loginName", value: "me" },
                  { name: "orderNumber", value: "1234567890" },
                ],
              },
            },
          },
        ],
      },
    }),
    ["1234567890 ssl me"],
  ],
  ["json kv pairs", JSON.stringify([{ key: "orderNumber", value: "1234567890" }]), ["1234567890"]],
  ["scm csv2", "ID,SSL Type,Common Name,Status\n1234567,OV,a.example,Issued", []],
  ["id col", "ID,Domain,Product\n1234567890,a.example,EV SSL", []],
  [
    "two per line products",
    "SSL order 1234567890 and S/MIME order 1234567891 are ready.",
    ["1234567890", "1234567891"],
  ],
  ["two per line products 2", "Orders: 1234567890 (PositiveSSL), 1234567891 (VMC)", ["1234567890", "1234567891"]],
  [
    "two products elsewhere",
    "Order number: 1234567890\nYou may also like S/MIME\nSSL certificate for a.example",
    ["1234567890"],
  ],
  [
    "code signing",
    "Order Number: 1234567890\nProduct: EV Code Signing Certificate\nwww.sectigo.com SSL",
    ["1234567890"],
  ],
  [
    "collection code not word",
    "Enter your collection code below to collect your certificate. Order number 1234567890",
    ["1234567890"],
  ],
  ["collection code word only", "The collection code will be sent by mail.", []],
  ["line with phone", "1234567890 a.example +49 89 12345678", ["1234567890 a.example"]],
  ["line with phone2", "1234567890 a.example (089) 12345678", ["1234567890 a.example"]],
  ["line with date", "1234567890 a.example 20261127", ["1234567890 a.example"]],
  ["addr", "Sectigo, 5 Becker Farm Road, Roseland, NJ 07068", []],
  ["caseid", "Case: 05012345\nReference: ref:_00D1234567890._500123:ref", []],
  ["your order reference: word", "Your order reference: SO-123456", ["SO-123456"]],
  ["ru", "Номер заказа: 1234567890", ["1234567890"]],
  ["pl", "Numer zamówienia: 1234567890\nTelefon: 123456789", ["1234567890"]],
  ["dk", "Ordrenummer: 1234567890", ["1234567890"]],
  ["jp", "注文番号：1234567890", ["1234567890"]],
  ["de vorgang", "Vorgangsnummer: 1234567", []],
  ["de lieferschein", "Lieferscheinnummer 1234567\nPersonalnummer 765432\nVertragsnummer 1234567", []],
  ["in order to", "In order to proceed pay 12345 EUR", []],
  ["multi label dotted", "Order number.......: 1234567890\nDomain.............: a.example", ["1234567890 a.example"]],
  ["vertical", "Order Number\n1234567890\nOrder Date\n20261127\nAmount\n12345\n", ["1234567890"]],
  ["toml", '[[orders]]\nnumber = 1234567890\ndomain = "a.example"\n', ["1234567890"]],
  ["number with spaces 3-3-4", "Order Number: 123 456 7890", ["1234567890"]],
  [
    "chatgpt bold",
    "* **Order Number**: 1234567890\n* **Domain**: a.example\n* **Phone**: 0123456789",
    ["1234567890 a.example"],
  ],
  ["index column", "Number,Domain\n1,a.example\n2,b.example", []],
  ["index column order", "Order,Step\n1,a.example\n2,b.example", []],
  [
    "nr index + order",
    "No.,Order Number,Domain\n1,1234567890,a.example\n2,1234567891,b.example",
    ["1234567890 a.example", "1234567891 b.example"],
  ],
  ["order year?", "Order,Domain\n2026,a.example", []],
  ["order col with date values", "Order,Domain\n2026-11-27,a.example", []],
  ["status in order col", "Order,Domain\n1234567890 (issued),a.example", ["1234567890 a.example"]],
  ["two orders in a cell", 'Order,Domain\n"1234567890, 1234567891",a.example', []],
  ["two orders in a cell lines", 'Order,Domain\n"1234567890\n1234567891",a.example', []],
  ["neg cell", "Order,Domain\n-1234567890,a.example", []],
  ["hex cell", "Order,Domain\n0x1234ABCD,a.example", []],
  ["uuid cell", "Order ID,Domain\n123e4567-e89b-12d3-a456-426614174000,a.example", []],
  ["url cell", "Order,Domain\nhttps://x.example/orders/1234567890,a.example", ["1234567890 a.example"]],
  [
    "formula hyperlink",
    'Order,Domain\n"=HYPERLINK(""https://x.example/o/1234567890"",""1234567890"")",a.example',
    ["1234567890 a.example"],
  ],
  ["x", "Order,Domain\nx1,a.example", []],
  ["code words", "Order,Domain\nQ4,a.example\nPhase2,b.example", []],
  ["mixed prods in a col", "Order Number,Product\n1234567890,SSL + S/MIME bundle", ["1234567890"]],
  ["two columns that disagree", "Order\tType\tProduct\n1234567890\tDV\tS/MIME", ["1234567890"]],
  ["line two prods one num", "1234567890 SSL and S/MIME", ["1234567890"]],
  [
    "scm mail",
    "Your SSL certificate for a.example is ready.\n\n   * Common Name : a.example\n   * Self-Enrollment Certificate ID : 1234567\n   * Expires : 11/27/2027\n\nYou can download: https://cert-manager.com/customer/x/ssl?action=download&sslId=1234567&format=x509",
    [],
  ],
  [
    "multiple mails",
    "Order number 1234567890, domain: a.example\n\n----\nOrder number 1234567891, domain: b.example",
    ["1234567890 a.example", "1234567891 b.example"],
  ],
  [
    "support sig",
    "Order 1234567890 is stuck. Jane\n--\nJane Doe | Ext. 12345 | M: 01701234567 | Suite 20000\n",
    ["1234567890"],
  ],
  ["num in domain", "1234567890.example", []],
  ["pw number", "Passwort 12345678", []],
  ["password alone", "password 12345678", []],
  ["pw own line", "Password:\n12345678", []],
  ["kennwort lautet", "Ihr Kennwort lautet 12345678.", []],
  ["otp", "OTP 1234567", []],
  ["meeting", "Meeting ID: 123 456 7890\nPasscode: 1234567", []],
  ["teams id", "Konferenz-ID: 123456789#", []],
  ["account", "Account 1234567890", []],
  ["login nr", "loginName: 1234567", []],
  ["quote", "Quote #1234567", []],
  ["contract", "Contract #1234567", []],
  ["bug", "Bug 1234567", []],
  ["build", "Build 1234567", []],
  ["job", "Job 1234567", []],
  ["version", "version 1234567", []],
  ["HTTP", "Content-Length: 1234567", []],
  ["quoted list json-ish", "'1234567890','1234567891'", ["1234567890", "1234567891"]],
  ["a heading that is a number sign", "#\tOrder Number\tDomain\n1\t1234567890\ta.example", ["1234567890 a.example"]],
];

describe("numbers that strangers paste, of orders and of everything else", () => {
  for (const [what, text, orders] of ROWS) {
    it(what, () => {
      const { orders: found, problems } = parseOrders(text);
      assert.deepEqual(found.map(inShort), orders);
      // What is not taken has its reason.
      if (orders.length === 0) assert.notDeepEqual(problems, []);
    });
  }

  for (const text of [
    "Passwort geheim99",
    "Order;Kennwort;Domain\npending;geheim99;a.example",
    "Order;Mot de passe;Domain\npending;geheim99;a.example",
  ]) {
    it(`shows no password of what it did not understand: ${JSON.stringify(text)}`, () => {
      assert.doesNotMatch(JSON.stringify(parseOrders(text)), /geheim99/);
    });
  }

  it("puts each row of a database on its line", () => {
    const text =
      "-- mine\nINSERT INTO o (order_id, domain) VALUES\n ('1234567890', 'it''s (a)'),\n (NULL, 'b'),\n (1234567891, 'c');";
    const { orders, problems } = parseOrders(text);
    assert.deepEqual(orders.map(inShort), ["1234567890 it's", "1234567891 c"]);
    assert.deepEqual([orders.map(({ line }) => line), problems.map(({ line }) => line)], [[3, 5], [4]]);
  });
});
