import { zipSync } from "fflate";
import type { HttpReply } from "../../src/api/transport";
import { zipOf } from "../wire/answer-bodies";
import { CHAIN_PEM, reply } from "../unit/api/answers";

/** Where in an answer a server may write back what it was sent. */
export type Place = readonly [name: string, answer: (echo: string) => HttpReply];

const form = (...pairs: readonly (readonly [string, string])[]): string =>
  new URLSearchParams(pairs.map(([key, value]) => [key, value])).toString();
const script = (text: string): string => JSON.stringify(text);
/** In one line: what the place cannot hold otherwise. */
const line = (echo: string): string => echo.replace(/[\r\n]+/g, " ");
const page = "<!DOCTYPE html><html><title>Blocked</title></html>";

export const PLACES: readonly Place[] = [
  ["the message", (echo) => reply(`-4\nThe value ${echo} is invalid!`)],
  ["the message, under a failing status", (echo) => reply(`-16\n${echo}`, 500)],
  ["prose above the code", (echo) => reply(`It was ${line(echo)}.\n-4\n`)],
  ["prose above the code, far in its line", (echo) => reply(`${"word ".repeat(37)}${line(echo)}.\n-4\n`)],
  ["the argument in the message", (echo) => reply(`-3\nThe '${echo}' argument is missing!`)],
  ["errorMessage", (echo) => reply(form(["errorCode", "-4"], ["errorMessage", `${echo} is bad`]))],
  ["errorItem", (echo) => reply(form(["errorCode", "-4"], ["errorMessage", "bad"], ["errorItem", echo]))],
  ["a dict", (echo) => reply(`{'errorCode': -16, 'errorMessage': ${script(`login ${echo}`)}}`)],
  ["errorItem of JSON", (echo) => reply(`{"errorCode":-4,"description":"x","errorItem":${script(echo)}}`)],
  ["a script", (echo) => reply(`var g_errorCode = -22; var g_errorMessage = ${script(echo)};`)],
  ["a status line", (echo) => reply(`0\n${echo}`)],
  ["a certificate status", (echo) => reply(`0\nRejected: ${echo}\nComplete`)],
  ["a validation status", (echo) => reply(`0\nAwaiting Validation\nComplete ${echo}`)],
  ["fqdn", (echo) => reply(form(["errorCode", "0"], ["fqdn", echo]))],
  ["statuses", (echo) => reply(form(["errorCode", "0"], ["certificateStatus", echo], ["validationStatus", echo]))],
  ["caaStatus", (echo) => reply(form(["errorCode", "0"], ["caaStatus", echo]))],
  ["a field that nobody knows", (echo) => reply(form(["errorCode", "0"], ["what", echo]))],
  ["the name of a field", (echo) => reply(form(["errorCode", "0"], [echo, "what"]))],
  ["a field, not encoded", (echo) => reply(`errorCode=0&what=${echo}`)],
  ["a domain", (echo) => reply(form(["errorCode", "0"], ["mdcDomainDetails", `a${line(echo)}.example VALIDATED`]))],
  ["a domain of a line", (echo) => reply(`0\na.example VALIDATED, b.${echo}.example NOTVALIDATED`)],
  ["a domain's status", (echo) => reply(form(["errorCode", "0"], ["mdcDomainDetails", `a.example ${line(echo)}`]))],
  ["a page", (echo) => reply(`<html><body><p>${echo}</p></body></html>`, 200, { "content-type": "text/html" })],
  ["a page under 403", (echo) => reply(`<html>${echo}</html>`, 403)],
  ["XML", (echo) => reply(`<?xml version="1.0"?><error>${echo}</error>`)],
  ["a text", (echo) => reply(`you sent ${echo}`)],
  ["a text behind the excerpt", (echo) => reply(`${"y ".repeat(90)}${echo} ${"y ".repeat(3000)}`)],
  ["a text at the end of what is looked at", (echo) => reply(`${"word ".repeat(320)}${echo}${" word".repeat(3000)}`)],
  ["binary noise", (echo) => reply(Buffer.concat([Buffer.from([1, 0, 2, 0]), Buffer.from(echo), Buffer.alloc(9)]))],
  ["a text in UTF-16", (echo) => reply(Buffer.from(`\ufeffyou sent ${echo}`, "utf16le"))],
  ["a text in Latin-1", (echo) => reply(Buffer.from(`\u00e9 you sent ${echo}`, "latin1"))],
  ["around certificates", (echo) => reply(`2\n${echo}\n${CHAIN_PEM}\n${echo}`)],
  ["before bare certificates", (echo) => reply(`subject=${line(echo)}\n${CHAIN_PEM}`)],
  ["the label of a block", (echo) => reply(`2\n-----BEGIN ${line(echo)}-----\nMIIB\n-----END CERTIFICATE-----`)],
  ["a damaged block", (echo) => reply(`2\n-----BEGIN CERTIFICATE-----\n${echo}\n-----END CERTIFICATE-----`)],
  ["an entry of an archive", (echo) => reply(zipOf([`not a certificate: ${echo}`]))],
  [
    "the name of an entry of an archive",
    (echo) => reply(Buffer.from(zipSync({ [`../${line(echo)}`]: Buffer.of(1), "a.crt": Buffer.from(CHAIN_PEM) }))),
  ],
  ["Content-Type", (echo) => reply(page, 502, { "content-type": `text/html; x=${line(echo)}` })],
  ["Retry-After", (echo) => reply(page, 503, { "retry-after": line(echo) })],
  ["Retry-After and Date", (echo) => reply(page, 429, { "retry-after": `${line(echo)} GMT`, date: line(echo) })],
  [
    "the path of Location",
    (echo) => reply("", 302, { location: `https://login.example/${line(echo)}?p=${line(echo)}` }),
  ],
  ["the host of Location", (echo) => reply("", 307, { location: `https://${line(echo)}.login.example/` })],
  ["the user of Location", (echo) => reply("", 301, { location: `https://x:${line(echo)}@login.example/` })],
  ["the scheme of Location", (echo) => reply("", 303, { location: `${line(echo)}:somewhere` })],
  ["a sign-in of the proxy", (echo) => reply(echo, 407, { "proxy-authenticate": `Basic realm="${line(echo)}"` })],
  ["any header", (echo) => reply("", 200, { "x-echo": line(echo), "set-cookie": `a=${line(echo)}` })],
];
