import { ENGLISH, inWords, type Locale } from "../words/localize";
import { phrase, plural } from "../words/phrase";
import type { Chain } from "./x509/chain";
import type { Contents, Damage, FoundObject } from "./containers/contents";
import { listWords } from "./checks/words";
import { boundObjects } from "./details/bounds";
import { certificateObject, damagedCertificateObject, otherObject } from "./details/object";
import type { DetailsOptions } from "./details/options";
import type { Sayable } from "./details/draft";
import type { DamageNote, DetailsPage, TreeNode } from "./details/page";
import { placeText } from "./details/place";
import { publicPage } from "./details/public-page";
import { saidObject, saidSummary, saidText } from "./details/said-page";
import { displayName } from "./details/display-name";
import { HARMLESS, namedIn } from "./details/sentences";
import { summarizeChain, summarizeOther } from "./details/summary";
import type { ChainMember } from "./x509/issuing";
import { PictureBudget } from "./pictures/picture";

/** Most objects on one page; bundles of roots have about 150. */
export const MAX_SHOWN_OBJECTS = 500;

/** DER of the certificates that a page shows of what was read: those among its first 500 objects. */
export function shownCertificates({ objects }: Contents): readonly Uint8Array[] {
  return objects.slice(0, MAX_SHOWN_OBJECTS).flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
}

/**
 * The details page for the objects of a file or an answer: see {@link DetailsPage}. Never throws; objects that cannot
 * be decoded are shown as far as possible. Objects beyond the first 500 are left out, with a note.
 * @param contents what was read; empty for certificates that were not read from anywhere, as those of an order
 * @param chain {@link shownCertificates} in order, decoded once for the page and all checks
 */
export function toDetailsPage(contents: Contents, chain: Chain, given: DetailsOptions): DetailsPage {
  const options = { pictures: new PictureBudget(), ...given };
  const { locale = ENGLISH, now } = options;
  const shown = contents.objects.slice(0, MAX_SHOWN_OBJECTS);
  const certificates = new Map<Uint8Array, FoundObject>();
  for (const object of shown) if (object.kind === "certificate") certificates.set(object.der, object);
  const members = [...chain.path, ...chain.otherLeaves, ...chain.unrelated];
  const leaf = chain.path[0];
  const all = [
    ...members.map((member, index) => certificateObject(member, certificates.get(member.der), index, options)),
    ...chain.unreadable.map(({ der, message }) => damagedCertificateObject(der, message, certificates.get(der))),
    ...shown.flatMap((object) => (object.kind === "certificate" ? [] : [otherObject(object, options)])),
  ].map((object, index) => (object.id === "" ? { ...object, id: String(index) } : object));
  const objects = boundObjects(
    all.map((object) => saidObject(object, locale)),
    locale,
  );
  const summary =
    leaf === undefined
      ? summarizeOther(all[0], contents.damage, now)
      : summarizeChain(leaf.certificate, chain, options, contents.damage);
  return publicPage(
    {
      title: leaf === undefined ? (objects[0]?.heading ?? []) : saidText(displayName(leaf.certificate), locale),
      summary: saidSummary(summary, locale),
      tree: treeOf(members, chain, locale),
      objects,
      damage: [...notesOn(contents.damage, objects.length === 0), ...leftOut(contents)].map((note) => ({
        ...note,
        place: inWords(note.place, locale),
        message: inWords(note.message, locale),
      })),
    },
    locale,
  );
}

/** A note that is not said yet. */
type DraftNote = Omit<DamageNote, "place" | "message"> & Readonly<Record<"place" | "message", Sayable>>;

/**
 * What was not read, and why. Files of an archive that are of another kind, such as a readme, are told in one line.
 * @param isNothing whether the summary already says some of it, because there is nothing else
 */
function notesOn(damage: readonly Damage[], isNothing: boolean): readonly DraftNote[] {
  const reported = new Set(isNothing ? [...namedIn(damage), ...damage.filter(({ code }) => SAID.has(code))] : []);
  const others = damage.filter(({ code }) => code === "other-file");
  return [
    ...damage
      .filter((each) => !reported.has(each) && each.code !== "other-file")
      .map(({ code, offset, message, path }) => ({
        ...{ offset, message, place: placeText(path) },
        ...(HARMLESS.has(code) && { harmless: true as const }),
      })),
    ...otherFiles(others),
  ];
}

/** That nothing was found, which is all that the summary says then. */
const SAID: ReadonlySet<Damage["code"]> = new Set<Damage["code"]>(["empty", "nothing"]);

function otherFiles(others: readonly Damage[]): readonly DraftNote[] {
  const [first, second] = others;
  if (first === undefined) return [];
  const files = listWords(others.map(({ path }) => placeText(path, true)));
  const message =
    second === undefined ? phrase("Another file, not read: {0}", files) : phrase("Other files, not read: {0}", files);
  return [{ offset: first.offset, message, place: "", harmless: true }];
}

function leftOut({ objects }: Contents): readonly DraftNote[] {
  const first = objects[MAX_SHOWN_OBJECTS];
  if (first === undefined) return [];
  const message = plural(
    objects.length - MAX_SHOWN_OBJECTS,
    "{0} more object is not shown",
    "{0} more objects are not shown",
  );
  return [{ offset: first.offset, message, place: placeText(first.path) }];
}

/** Each certificate below its issuer. */
function treeOf(members: readonly ChainMember[], chain: Chain, locale: Locale): readonly TreeNode[] {
  const below = new Map<ChainMember | undefined, ChainMember[]>();
  for (const member of members) {
    const issuer = chain.issuers.get(member);
    const siblings = below.get(issuer);
    if (siblings === undefined) below.set(issuer, [member]);
    else siblings.push(member);
  }
  const nodes = (issuer: ChainMember | undefined): TreeNode[] =>
    (below.get(issuer) ?? []).map((member) => ({
      object: member.certificate.fingerprints.sha256,
      label: saidText(displayName(member.certificate), locale),
      children: nodes(member),
    }));
  return nodes(undefined);
}
