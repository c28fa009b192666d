import type { CollectedCertificate, Order } from "../../orders/model/order";
import type { Localize } from "../../orders/localize";
import { isCalledRevoked, isReplaced } from "../../orders/model/concerns";
import type { ToldAbout } from "../../reading/analysis";

/** What the journal knows of a collected certificate's revocation and replacement, for the verdict of its page. */
export function toldByOrder(order: Order, collected: CollectedCertificate, localize: Localize): ToldAbout {
  const { leaf } = collected;
  const note = order.revocation?.leaf === leaf ? order.revocation : undefined;
  return {
    leaf,
    remarks: isReplaced(order, collected) ? [localize("The CA replaced it with another certificate.")] : [],
    ...revocationOf(note, isCalledRevoked(order, collected)),
  };
}

function revocationOf(note: Order["revocation"], isRevoked: boolean): Pick<ToldAbout, "revocation"> {
  if (note?.state === "revoked") {
    return { revocation: { state: "revoked", asked: note.at, ...(note.since !== undefined && { since: note.since }) } };
  }
  // The CA says so without a day.
  if (isRevoked) return { revocation: { state: "revoked" } };
  return note === undefined ? {} : { revocation: { state: note.state, asked: note.at } };
}
