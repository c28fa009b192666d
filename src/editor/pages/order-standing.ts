import type { CollectedCertificate, Order } from "../../orders/model/order";
import { phrase } from "../../words/phrase";
import { isReplaced, isRevokedByCa } from "../../orders/model/concerns";
import type { ToldAbout } from "../../reading/analysis";

/** What the journal knows of a collected certificate's revocation and replacement, for the verdict of its page. */
export function toldByOrder(order: Order, collected: CollectedCertificate): ToldAbout {
  const { leaf } = collected;
  const note = order.revocation?.leaf === leaf ? order.revocation : undefined;
  return {
    leaf,
    remarks: isReplaced(order, collected) ? [phrase("The CA replaced it with another certificate.")] : [],
    ...revocationOf(note, isRevokedByCa(order, collected)),
  };
}

/**
 * What the journal knows of certificates that are shown elsewhere than on the page of their order: of all that were
 * collected, those with something to tell.
 */
export function toldByOrders(orders: Iterable<Order>): readonly ToldAbout[] {
  const told: ToldAbout[] = [];
  for (const order of orders) {
    for (const collected of order.certificates) {
      const about = toldByOrder(order, collected);
      if (about.revocation !== undefined || (about.remarks ?? []).length > 0) told.push(about);
    }
  }
  return told;
}

function revocationOf(note: Order["revocation"], isByCa: boolean): Pick<ToldAbout, "revocation"> {
  if (note?.state === "revoked" && !(note.issuer === true && isByCa)) {
    const { at, since, issuer } = note;
    const when = { asked: at, ...(since !== undefined && { since }) };
    return { revocation: { state: "revoked", ...when, ...(issuer && { issuer }) } };
  }
  // The CA says so without a day.
  if (isByCa) return { revocation: { state: "revoked" } };
  return note === undefined ? {} : { revocation: { state: note.state, asked: note.at } };
}
