import { zipSync } from "fflate";

/** How somebody passes PEM on: what becomes of it on the way. */
export interface WrittenForm {
  readonly name: string;
  /** @param pem one block or several, with LF */
  readonly write: (pem: string) => Buffer | string;
}

const lines = (pem: string): readonly string[] => pem.trimEnd().split("\n");
const linesOf = (pem: string): readonly string[] => pem.trim().split("\n");
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const wrapped = (text: string, columns: number): string =>
  text.replace(new RegExp(`.{1,${columns}}(?=.)`, "g"), "$&\n");
const indented = (text: string, by: string): string => text.trimEnd().replace(/^/gm, by);
/** Blocks of PEM, each with its newline. */
const blocksOf = (pem: string): readonly string[] => pem.match(/-----BEGIN[^]*?-----END[^\n]*\n/g) ?? [];
const derOf = (block: string): Buffer =>
  Buffer.from(block.replace(/-----[^\n]*-----/g, "").replace(/\s/g, ""), "base64");
const asJson = (text: string): string => JSON.stringify({ cert: text });
const secret = (data: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop-tls\ntype: kubernetes.io/tls\n${data}`;
const dashes = (pem: string, opening: string, closing: string): string =>
  pem.replace(/-----((?:BEGIN|END) [A-Z ]+)-----/g, `${opening}$1${closing}`);
const mail = (headers: string, body: string, newline = "\r\n"): string =>
  ["From: CA <ca@example.test>", "To: shop@example.test", "Subject: Your files", "MIME-Version: 1.0", headers, "", body]
    .join("\n")
    .replaceAll("\n", newline);
const multipart = (parts: readonly string[], boundary = "=_b1"): string =>
  mail(
    `Content-Type: multipart/mixed;\n boundary="${boundary}"`,
    `A mail in parts.\n${parts.map((part) => `--${boundary}\n${part}`).join("\n")}\n--${boundary}--\n`,
  );
const attached = (name: string, type: string, bytes: Buffer): string =>
  `Content-Type: ${type}; name="${name}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${name}"\n\n${wrapped(bytes.toString("base64"), 76)}`;
const words = "Content-Type: text/plain; charset=utf-8\n\nYour certificate is attached. Order number 123456789\n";
const zipped = (pem: string): Buffer => Buffer.from(zipSync({ "a/shop.crt": Buffer.from(pem) }));
const quotedPrintable = (text: string): string => text.replace(/=/g, "=3D").replace(/^(.{50})(?=.)/gm, "$1=\n");

export const WRITTEN_FORMS: readonly WrittenForm[] = [
  { name: "as it is", write: (pem) => pem },
  { name: "CRLF", write: (pem) => pem.replaceAll("\n", "\r\n") },
  { name: "CR", write: (pem) => pem.replaceAll("\n", "\r") },
  { name: "no final newline", write: (pem) => pem.trimEnd() },
  { name: "one line", write: (pem) => pem.replaceAll("\n", "") },
  { name: "blanks for line breaks", write: (pem) => pem.replaceAll("\n", " ") },
  // Line breaks that are written out.
  { name: "\\n in .env", write: (pem) => `TLS_CRT="${pem.replaceAll("\n", "\\n")}"\nPORT=443\n` },
  { name: "\\n without quotes", write: (pem) => `TLS_CRT=${pem.replaceAll("\n", "\\n")}\n` },
  { name: "\\n alone", write: (pem) => pem.replaceAll("\n", "\\n") },
  { name: "\\r\\n", write: (pem) => asJson(pem.replaceAll("\n", "\r\n")) },
  { name: "\\r", write: (pem) => asJson(pem.replaceAll("\n", "\r")) },
  { name: "doubled \\\\n", write: (pem) => asJson(pem.replaceAll("\n", "\\n")) },
  { name: "doubled \\\\r\\\\n", write: (pem) => asJson(pem.replaceAll("\n", "\\r\\n")) },
  { name: "JSON in JSON in JSON", write: (pem) => JSON.stringify(JSON.stringify(asJson(pem))) },
  { name: "JSON", write: (pem) => asJson(pem) },
  { name: "JSON of PHP, with \\/", write: (pem) => asJson(pem).replaceAll("/", "\\/") },
  { name: "JSON with \\u000a", write: (pem) => asJson(pem).replaceAll("\\n", "\\u000a").replaceAll("+", "\\u002b") },
  { name: "JSON, a list of blocks", write: (pem) => JSON.stringify({ chain: blocksOf(pem) }, null, 2) },
  { name: "JSON, a list of lines", write: (pem) => JSON.stringify(lines(pem)) },
  { name: "JSON, a list of lines, indented", write: (pem) => JSON.stringify(lines(pem), null, 2) },
  { name: "YAML in double quotes", write: (pem) => `tls:\n  crt: "${pem.replaceAll("\n", "\\n")}"\n` },
  {
    name: "YAML in double quotes over lines",
    write: (pem) => `crt: "${lines(pem).join("\\n\\\n  ")}\\n"\n`,
  },
  { name: "YAML, a literal", write: (pem) => `crt: |\n${indented(pem, "  ")}\nport: 443\n` },
  { name: "YAML, folded", write: (pem) => `crt: >-\n${indented(pem.replaceAll("\n", "\n\n"), "  ")}\nport: 443\n` },
  { name: "a shell's $'…'", write: (pem) => `export CRT=$'${pem.replaceAll("\n", "\\n")}'\n` },
  { name: "a shell's echo -e", write: (pem) => `echo -e "${pem.replaceAll("\n", "\\n")}" > shop.pem\n` },
  { name: "a here document", write: (pem) => `cat > shop.pem <<EOF\n${pem}EOF\n` },
  { name: "a shell's line continuation", write: (pem) => `CRT="${pem.replaceAll("\n", "\\n\\\n")}"\n` },
  { name: "Terraform's heredoc", write: (pem) => `crt = <<-EOT\n${indented(pem, "    ")}\n  EOT\n` },
  {
    name: "strings of Java",
    write: (pem) =>
      `String p =\n${lines(pem)
        .map((line) => `    "${line}\\n"`)
        .join(" +\n")};\n`,
  },
  {
    name: "strings of C",
    write: (pem) =>
      `const char p[] =\n${lines(pem)
        .map((line) => `"${line}\\r\\n"`)
        .join(" \\\n")};\n`,
  },
  {
    name: "strings of PHP",
    write: (pem) =>
      `$p = ${lines(pem)
        .map((line) => `'${line}' . "\\n"`)
        .join("\n . ")};\n`,
  },
  { name: "a string of Go", write: (pem) => `const p = \`${pem}\`\n` },
  {
    name: "an array of JavaScript",
    write: (pem) =>
      `const p = [\n${lines(pem)
        .map((line) => `  '${line}',`)
        .join("\n")}\n].join("\\n");`,
  },
  { name: "percent-encoded", write: (pem) => encodeURIComponent(pem) },
  { name: "of a form", write: (pem) => new URLSearchParams({ cert: pem }).toString() },
  {
    name: "nginx's escaped header",
    write: (pem) =>
      `X-SSL-Cert: ${pem.replace(/[\n +=]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`)}\n`,
  },
  {
    name: "XML with entities",
    write: (pem) => `<cert>${pem.replaceAll("\n", "&#xA;").replaceAll("+", "&#43;")}</cert>`,
  },
  { name: "HTML with <br>", write: (pem) => `<html><body><p>${pem.replaceAll("\n", "<br>\n")}</p></body></html>` },
  { name: "quoted in a mail", write: (pem) => `On Friday CA wrote:\n${indented(pem, "> ")}\n\nThanks\n` },
  { name: "quoted twice", write: (pem) => indented(pem, ">> ") },
  { name: "a comment with #", write: (pem) => indented(pem, "# ") },
  { name: "a comment with //", write: (pem) => indented(pem, "// ") },
  { name: "a comment with *", write: (pem) => `/*\n${indented(pem, " * ")}\n */\n` },
  // Dashes.
  { name: "em dashes and a hyphen", write: (pem) => dashes(pem, "——-", "——-") },
  { name: "em and en dash", write: (pem) => dashes(pem, "—–", "—–") },
  { name: "em dash and hyphens", write: (pem) => dashes(pem, "—---", "---—") },
  { name: "two em dashes", write: (pem) => dashes(pem, "——", "——") },
  { name: "one em dash", write: (pem) => dashes(pem, "—", "—") },
  { name: "five en dashes", write: (pem) => dashes(pem, "–––––", "–––––") },
  { name: "en dashes and a hyphen", write: (pem) => dashes(pem, "––-", "––-") },
  { name: "em dashes at the beginning only", write: (pem) => dashes(pem, "——-", "-----") },
  { name: "em dashes at the end only", write: (pem) => dashes(pem, "-----", "——-") },
  { name: "minus signs", write: (pem) => dashes(pem, "−−−−−", "−−−−−") },
  { name: "non-breaking hyphens", write: (pem) => dashes(pem, "‑‑‑‑‑", "‑‑‑‑‑") },
  { name: "hyphens", write: (pem) => dashes(pem, "‐‐‐‐‐", "‐‐‐‐‐") },
  { name: "full-width hyphens", write: (pem) => dashes(pem, "－－－－－", "－－－－－") },
  { name: "dashes of HTML", write: (pem) => dashes(pem, "&mdash;&ndash;", "&mdash;&ndash;") },
  { name: "em dashes in Windows-1252", write: (pem) => Buffer.from(dashes(pem, "\x97\x96", "\x97\x96"), "latin1") },
  { name: "em dashes in UTF-16", write: (pem) => Buffer.from(dashes(pem, "——-", "——-"), "utf16le") },
  { name: "em dashes, written out", write: (pem) => asJson(dashes(pem, "—–", "—–")) },
  { name: "non-breaking spaces", write: (pem) => pem.replaceAll(" ", "\u00a0") },
  { name: "a zero-width space in each line", write: (pem) => pem.replaceAll("\n", "\u200b\n") },
  { name: "four dashes", write: (pem) => dashes(pem, "----", "----") },
  {
    name: "bytes of Python, a line each",
    write: (pem) =>
      `CERT = (\n${linesOf(pem)
        .map((line) => `    b'${line}\\n'`)
        .join("\n")}\n)\n`,
  },
  {
    name: "strings of C with a prefix",
    write: (pem) =>
      `const char8_t pem[] =\n${linesOf(pem)
        .map((line) => `  u8"${line}\\n"`)
        .join("\n")};\n`,
  },
  {
    name: "raw strings of Rust and Python, joined",
    write: (pem) =>
      `pem = ${linesOf(pem)
        .map((line) => `r"${line}"`)
        .join(",\n  ")}\n`,
  },
  { name: "a string of PowerShell", write: (pem) => `$pem = "${linesOf(pem).join("`n")}"\n` },
  { name: "a string of PowerShell, CRLF", write: (pem) => `$pem = "${linesOf(pem).join("`r`n")}\`r\`n"\n` },
  { name: "XML of Java, with the CR written out", write: (pem) => `<pem>${linesOf(pem).join("&#13;\n")}&#13;\n</pem>` },
  // UTF-16.
  { name: "UTF-16, low byte first", write: (pem) => Buffer.from(pem, "utf16le") },
  { name: "UTF-16, high byte first", write: (pem) => Buffer.from(pem, "utf16le").swap16() },
  { name: "UTF-16, low byte first, marked", write: (pem) => Buffer.from(`\ufeff${pem}`, "utf16le") },
  { name: "UTF-16, high byte first, marked", write: (pem) => Buffer.from(`\ufeff${pem}`, "utf16le").swap16() },
  { name: "UTF-16, with words of others", write: (pem) => Buffer.from(`Сертификат\r\n${pem}`, "utf16le") },
  { name: "UTF-16, cut in a unit", write: (pem) => Buffer.from(pem, "utf16le").subarray(0, -1) },
  { name: "UTF-8, marked", write: (pem) => `\ufeff${pem}` },
  {
    name: "UTF-8, marked between files",
    write: (pem) =>
      blocksOf(pem)
        .map((block) => `\ufeff${block}`)
        .join(""),
  },
  // base64 of it.
  { name: "base64", write: (pem) => base64(pem) },
  { name: "base64 in lines", write: (pem) => `${wrapped(base64(pem), 76)}\n` },
  { name: "base64 in UTF-16", write: (pem) => Buffer.from(base64(pem), "utf16le") },
  { name: "base64 of UTF-16", write: (pem) => Buffer.from(pem, "utf16le").toString("base64") },
  { name: "base64 of base64", write: (pem) => base64(base64(pem)) },
  {
    name: "base64 of DER, one value a block",
    write: (pem) =>
      blocksOf(pem)
        .map((block, index) => `c${index}: ${derOf(block).toString("base64")}\n`)
        .join(""),
  },
  { name: "base64 in .env", write: (pem) => `PORT=443\nTLS_B64=${base64(pem)}\nHOST=a\n` },
  { name: "base64 in a variable of XML", write: (pem) => `<config><crt>${base64(pem)}</crt></config>` },
  // Kubernetes.
  { name: "a secret", write: (pem) => secret(`data:\n  tls.crt: ${base64(pem)}\n  other: c2hvcA==\n`) },
  { name: "a secret, quoted", write: (pem) => secret(`data:\n  tls.crt: "${base64(pem)}"\n`) },
  {
    name: "a secret, wrapped",
    write: (pem) => secret(`data:\n  tls.crt: |\n${indented(wrapped(base64(pem), 76), "    ")}\n  x: YQ==\n`),
  },
  {
    name: "a secret, folded",
    write: (pem) => secret(`data:\n  tls.crt: >-\n${indented(wrapped(base64(pem), 60), "    ")}\n`),
  },
  {
    name: "a secret, plain over lines",
    write: (pem) => secret(`data:\n  tls.crt:\n${indented(wrapped(base64(pem), 64), "    ")}\n`),
  },
  {
    name: "a secret, !!binary",
    write: (pem) => secret(`data:\n  tls.crt: !!binary |\n${indented(wrapped(base64(pem), 64), "    ")}\n`),
  },
  { name: "a secret's stringData", write: (pem) => secret(`stringData:\n  tls.crt: |\n${indented(pem, "    ")}\n`) },
  { name: "a secret in one line", write: (pem) => `{kind: Secret, data: {tls.crt: ${base64(pem)}, x: YQ==}}` },
  { name: "a secret in JSON", write: (pem) => JSON.stringify({ kind: "Secret", data: { "tls.crt": base64(pem) } }) },
  {
    name: "a list of secrets",
    write: (pem) =>
      JSON.stringify(
        { kind: "List", items: blocksOf(pem).map((block) => ({ kind: "Secret", data: { "tls.crt": base64(block) } })) },
        null,
        2,
      ),
  },
  {
    name: "secrets in several documents",
    write: (pem) =>
      blocksOf(pem)
        .map((block) => `---\n${secret(`data:\n  tls.crt: ${base64(block)}\n`)}`)
        .join(""),
  },
  { name: "a ConfigMap", write: (pem) => `kind: ConfigMap\ndata:\n  ca.crt: |\n${indented(pem, "    ")}\n` },
  {
    name: "a webhook's caBundle",
    write: (pem) => `webhooks:\n- clientConfig:\n    caBundle: ${base64(pem)}\n    url: https://a.example/\n`,
  },
  // Mails.
  {
    name: "a mail with a file",
    write: (pem) => multipart([words, attached("shop.crt", "application/x-x509-ca-cert", Buffer.from(pem))]),
  },
  {
    name: "a mail with a ZIP",
    write: (pem) => multipart([words, attached("shop.zip", "application/zip", zipped(pem))]),
  },
  {
    name: "a mail with LF",
    write: (pem) =>
      multipart([words, attached("shop.zip", "application/octet-stream", zipped(pem))]).replaceAll("\r\n", "\n"),
  },
  {
    name: "a mail with a mail",
    write: (pem) =>
      multipart([
        words,
        `Content-Type: message/rfc822\n\n${multipart([attached("shop.zip", "application/zip", zipped(pem))], "=_b1_inner").replaceAll("\r\n", "\n")}`,
      ]),
  },
  {
    name: "a mail with the text in it",
    write: (pem) => mail("Content-Type: text/plain", `Here it is:\n${pem}\nBye\n`),
  },
  {
    name: "a mail in quoted-printable",
    write: (pem) =>
      mail(
        "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable",
        quotedPrintable(`Gr=FC=DFe\n${pem}`),
      ),
  },
  {
    name: "a mail in base64",
    write: (pem) =>
      mail("Content-Type: text/plain\nContent-Transfer-Encoding: base64", wrapped(base64(`Hello\n${pem}`), 76)),
  },
  {
    name: "a mail without MIME-Version",
    write: (pem) =>
      multipart([words, attached("shop.zip", "application/zip", zipped(pem))]).replace("MIME-Version: 1.0\r\n", ""),
  },
  {
    name: "a mail of a mailbox",
    write: (pem) =>
      `From ca@example.test Fri Nov 27 07:00:00 2026\n${multipart([attached("shop.zip", "application/zip", zipped(pem))])}`,
  },
  {
    name: "a mail without its last boundary",
    write: (pem) =>
      multipart([attached("shop.crt", "application/pkix-cert", Buffer.from(pem))]).replace(/--=_b1--\r\n$/, ""),
  },
  { name: "a part of MIME alone", write: (pem) => attached("shop.crt", "application/pkix-cert", Buffer.from(pem)) },
  // Archives.
  { name: "a ZIP", write: (pem) => zipped(pem) },
  { name: "a ZIP in base64", write: (pem) => wrapped(zipped(pem).toString("base64"), 76) },
];
