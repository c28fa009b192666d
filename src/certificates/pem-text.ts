/** Characters of a line (RFC 7468 section 2). */
const COLUMNS = 64;

/**
 * The textual encoding of DER (RFC 7468): 64 columns, LF, a final newline, no explanatory text.
 * @param label as in section 4 and later, for instance "CERTIFICATE"
 */
export function pemText(der: Uint8Array, label = "CERTIFICATE"): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString("base64");
  let text = `-----BEGIN ${label}-----\n`;
  for (let start = 0; start < base64.length; start += COLUMNS) text += `${base64.slice(start, start + COLUMNS)}\n`;
  return `${text}-----END ${label}-----\n`;
}
