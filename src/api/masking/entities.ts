/** ASCII signs by their names in HTML 5 (its section 13.5), and the older ones in capitals. */
const SIGNS =
  'excl ! quot " QUOT " num # dollar $ percnt % amp & AMP & apos \' lpar ( rpar ) ast * midast * plus + comma , period . ' +
  "sol / colon : semi ; lt < LT < equals = gt > GT > quest ? commat @ lsqb [ lbrack [ bsol \\ rsqb ] rbrack ] Hat ^ " +
  "lowbar _ UnderBar _ grave ` DiacriticalGrave ` lcub { lbrace { verbar | vert | VerticalLine | rcub } rbrace }";

/** U+00A0 to U+00FF, in this order (HTML 4.01 section 24.2.1). */
const LATIN_1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro " +
  "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil " +
  "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave " +
  "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml " +
  "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute " +
  "thorn yuml";

const signs = SIGNS.split(" ");
const NAMES: ReadonlyMap<string, string> = new Map([
  ["Tab", "\t"],
  ["NewLine", "\n"],
  ...signs.flatMap((name, index) => (index % 2 === 0 ? [[name, signs[index + 1] ?? ""] as const] : [])),
  ...LATIN_1.split(" ").map((name, index) => [name, String.fromCharCode(0xa0 + index)] as const),
]);

/** Whether an entity is one of those here, which HTML also takes without their end, most of them. */
export const isNamedCharacter = (name: string): boolean => NAMES.has(name);

/**
 * The character that an entity names. There are two thousand more names, all for characters beyond ASCII, which are
 * all the same to comparisons.
 */
export const namedCharacter = (name: string): string => NAMES.get(name) ?? "\ufffd";
