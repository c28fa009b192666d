import { EXTENSION_TITLES } from "../../extensions/extension-titles";
import type { ExtensionValue } from "../../extensions/extension";
import { refusal, type RefusedForm } from "../refusers";
import { extensionsThat } from "./extension-form";
import { every, subordinate, type Rule } from "./rule";
import { phrase } from "../../../words/phrase";

/**
 * Extensions that must be critical in a CA certificate: RFC 5280 sections 4.2.1.9, 4.2.1.10, 4.2.1.11, 4.2.1.14.
 * keyUsage is only advised to be.
 */
const CRITICAL: ReadonlySet<string> = new Set(["2.5.29.19", "2.5.29.30", "2.5.29.36", "2.5.29.54"]);

/**
 * Extensions that must not be critical: RFC 5280 sections 4.2.1.1, 4.2.1.2, 4.2.1.8, 4.2.1.15, 4.2.2; RFC 6962 section
 * 3.3.
 */
const NOT_CRITICAL: ReadonlySet<string> = new Set([
  "2.5.29.35",
  "2.5.29.14",
  "2.5.29.9",
  "2.5.29.46",
  "1.3.6.1.5.5.7.1.1",
  "1.3.6.1.5.5.7.1.11",
  "1.3.6.1.4.1.11129.2.4.2",
]);

/**
 * Extensions that OpenSSL and BoringSSL process, and those that OpenSSL alone does: both refuse a certificate in which
 * another one is critical.
 */
const PROCESSED: ReadonlySet<string> = new Set([
  ...["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.30", "2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.37"],
  "2.5.29.54",
]);
const OPENSSL_PROCESSED: ReadonlySet<string> = new Set([
  ...["2.5.29.31", "2.16.840.1.113730.1.1", "1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8", "1.3.6.1.5.5.7.48.1.5"],
]);

/** Types of extensions that have rules of their own where they are critical. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(["unknown", "unreadable", "precertificatePoison"]);

const criticalForm = (oid: string): RefusedForm => (OPENSSL_PROCESSED.has(oid) ? "critical-boring" : "critical");

/** Whether an extension is entirely unknown, even its name. */
const isUnknown = (oid: string, { type }: ExtensionValue) => type === "unknown" && !EXTENSION_TITLES.has(oid);

/** Rules on which extensions are critical, for every certificate. */
export const CRITICAL_RULES: readonly Rule[] = [
  {
    id: "extension.unknown-critical",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ oid, critical, value }) => critical && isUnknown(oid, value),
        (title) => phrase("The extension {0} is critical and unknown here: {1}.", title, refusal("critical")),
      ),
  },
  {
    id: "extension.undecoded-critical",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ oid, critical, value }) => critical && value.type === "unknown" && !isUnknown(oid, value),
        (title, { oid }) =>
          phrase("The extension {0} is critical, and not decoded here: {1}.", title, refusal(criticalForm(oid))),
      ),
  },
  {
    id: "extension.must-be-critical",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1",
    appliesTo: subordinate,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ oid, critical }) => !critical && CRITICAL.has(oid),
        (title) =>
          phrase(
            "The extension {0} is not marked critical, although it must be in a CA certificate: {1}.",
            title,
            refusal("none"),
          ),
      ),
  },
  {
    id: "extension.must-not-be-critical",
    severity: "error",
    clause: "RFC 5280 sections 4.2.1 and 4.2.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ oid, critical }) => critical && NOT_CRITICAL.has(oid),
        (title) =>
          phrase("The extension {0} is marked critical, which it must not be: {1}.", title, refusal("critical")),
      ),
  },
  {
    id: "extension.critical-refused",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ oid, critical, value: { type } }) =>
          critical && !PROCESSED.has(oid) && !SAID_ELSEWHERE.has(type) && !NOT_CRITICAL.has(oid),
        (title, { oid }) => phrase("The extension {0} is marked critical: {1}.", title, refusal(criticalForm(oid))),
      ),
  },
];
