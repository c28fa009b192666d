import type { LookQuestions } from "./look-questions";
import type { FoundName } from "./cname-mistakes";
import { recordsOf, isUsableReply } from "./dns-answer";

/** Characters of a text that are kept. */
const MAX_TEXT = 200;

/** Whether mail for the domains above a host would be delivered. */
export interface MailSeen {
  /** Domains that say that they take no mail, or have no server for it. */
  readonly without: readonly string[];
  readonly hasServer: boolean;
  /** Whether TXT at "_validation-contactemail" is an address. */
  readonly hasContact: boolean;
}

/** Values for validation by DNS TXT. They are random, and only the CA's portal knows the right one. */
export async function lookAtPortalTexts(
  domains: readonly string[],
  asking: LookQuestions,
): Promise<readonly FoundName[]> {
  const names = domains.map((domain) => `_pki-validation.${domain}`);
  const replies = await Promise.all(names.map((name) => asking.resolver({ name, type: "TXT" })));
  return replies.flatMap(({ reply }, index) =>
    recordsOf(reply, "TXT")
      .slice(0, 1)
      .map(({ text }) => ({ name: names[index] ?? "", what: text.slice(0, MAX_TEXT) })),
  );
}

/** The whole text is one address (docs.sectigo.com, "DCV Methods"). */
const isAddress = ({ text }: { readonly text: string }): boolean =>
  text.length <= MAX_ADDRESS && /^[^\s@,;:<>"]+@[^\s@,;:<>"]+$/.test(text);

/** Octets of a mailbox at most (RFC 5321 section 4.5.3.1.3). */
const MAX_ADDRESS = 254;

/** Where an order waits for an e-mail: whether the usual addresses can get one. */
export async function lookAtMail(domains: readonly string[], asking: LookQuestions): Promise<MailSeen> {
  const seen = await Promise.all(
    domains.map(async (domain) => {
      const [{ reply: mx }, { reply: contact }] = await Promise.all([
        asking.resolver({ name: domain, type: "MX" }),
        asking.resolver({ name: `_validation-contactemail.${domain}`, type: "TXT" }),
      ]);
      // An empty name takes no mail (RFC 7505).
      const hasServer = recordsOf(mx, "MX").some(({ exchange }) => exchange !== "" && exchange !== ".");
      return { domain, hasServer, isKnown: isUsableReply(mx), hasContact: recordsOf(contact, "TXT").some(isAddress) };
    }),
  );
  return {
    without: seen.filter(({ hasServer, isKnown }) => isKnown && !hasServer).map(({ domain }) => domain),
    hasServer: seen.some(({ hasServer, isKnown }) => hasServer || !isKnown),
    hasContact: seen.some(({ hasContact }) => hasContact),
  };
}
