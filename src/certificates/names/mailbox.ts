/**
 * Whether a text has the form of one mailbox, local-part@domain (RFC 5280 section 4.2.1.6, RFC 5321 section 4.1.2):
 * without brackets, comments and display name. Letters of any script count (RFC 9598).
 */
export function isMailbox(text: string): boolean {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const isQuoted = local.length > 2 && local.startsWith('"') && local.endsWith('"');
  return (isQuoted || /^[^\s"(),:;<>@[\\\]]+$/.test(local)) && /^[^\s"(),;<>@\\]+$/.test(text.slice(at + 1));
}
