import { allOf, plural, type PhraseValue } from "../words/phrase";
import type { FindingId } from "./finding";
import type { SayFinding } from "./say-finding";
import type { Localize } from "../words/localize";

/** Findings about records, and about orders as a whole. */
export const CNAME_WORDS = {
  "host-doubled": (localize: Localize, found, expected) => ({
    words: localize("The record stands at {0}: the provider appended the zone to the host.", found),
    next: localize("Enter the host without the zone, so that the full name becomes {0}.", expected),
  }),
  "target-suffixed": (localize: Localize, target, zone, suffix) => ({
    words: localize("The target is {0}: the provider appended {1} to it.", target, zone),
    next: localize("Enter the target with a dot at its end, so that it ends in {0}.", suffix),
  }),
  "underscore-missing": (localize: Localize, found, expected) => ({
    words: localize("The record stands at {0}: the underscore in front is missing.", found),
    next: localize("Publish it at {0}.", expected),
  }),
  "pasted-text": (localize: Localize, target) => ({
    words: localize("The target holds characters that do not belong there: {0}", target),
    next: localize("Enter the target alone, without quotes, blanks and the word CNAME."),
  }),
  proxied: (localize: Localize, name, addresses) =>
    addresses === ""
      ? {
          words: localize("{0} exists, but there is no CNAME record at it.", name),
          next: localize("Publish a CNAME record there, not another type, and switch off any proxy for it."),
        }
      : {
          words: localize("{0} answers with addresses instead of the CNAME record: {1}.", name, listed(addresses)),
          next: localize("Switch off the proxy or the flattening for this record: “DNS only”."),
        },
  "wildcard-answers": (localize: Localize, name, what) => ({
    words: localize("At {0} a wildcard record answers with {1}, as for any name there.", name, listed(what)),
    next: localize("Publish the record at this very name; it takes the place of the wildcard."),
  }),
  "old-form": (localize: Localize, published) => ({
    words: localize("What is published has an old form: {0}", published),
    next: localize("Publish the record as it is shown here: the CA’s current documents name sectigo.com and SHA-256."),
  }),
  "other-request": (localize: Localize, place, request) =>
    request === ""
      ? {
          words: localize("At {0} stands the proof of another certificate request.", place),
          next: localize("Choose the request that was sent with this order, or publish the record of this one."),
        }
      : {
          words: localize("At {0} stands the proof of {1}, not of the chosen request.", place, request),
          next: localize("Choose {0} if it was sent with this order; else publish the record of this one.", request),
        },
  "token-reused": (localize: Localize, order, key) => ({
    words:
      key === ""
        ? localize("The same token already served {0}. A token counts once.", order)
        : localize("{0} was issued for the same key, perhaps with this very token, which counts once.", order),
    next: localize("Give the order a unique value, or order with a new request."),
  }),
  "text-hashed": (localize: Localize, place) => ({
    words: localize("At {0} stands a hash of the request’s PEM text.", place),
    next: localize("Publish the hashes of its DER, as they are shown here."),
  }),
  "host-unknown": (localize: Localize, host) => ({
    words: localize("{0} does not exist in the DNS, as far as this machine sees.", host),
    next: localize("Check its spelling and whether it belongs to the order; then publish it."),
  }),
  "internal-only": (localize: Localize, what, where) =>
    where === ""
      ? {
          words: localize("{0} leads to an address that others cannot reach.", what),
          next: localize("Make sure that the world sees a public address: the CA asks from outside."),
        }
      : {
          words: localize("{0} is answered by {1}, which the world does not see.", what, listed(where)),
          next: localize("Publish it in the public zone, too: the CA asks from outside."),
        },
  "servers-differ": (localize: Localize, name, withIt, without) => ({
    words: localize("{0} is at {1}, but not at {2}.", name, listed(withIt), listed(without)),
    next: localize("Wait until all name servers have it, or ask the provider why some do not."),
  }),
  removed: (localize: Localize, name, day) => ({
    words: localize("{0} was there on {1}, and is gone.", name, day),
    next: localize("Publish it again, and leave it there until the certificate is issued."),
  }),
  "dnssec-broken": (localize: Localize, name) => ({
    words: localize("The DNSSEC signatures for {0} are wrong: there is an answer only without checking them.", name),
    next: localize("Have the DNS provider sign the zone again, or correct the DS record at the registrar."),
  }),
  "mail-unreachable": (localize: Localize, domains) => ({
    words: localize("No mail server is published for {0}, so the CA’s e-mail may not arrive.", listed(domains)),
    next: localize("Publish an MX record, or have the order validated by a CNAME record."),
  }),
  "not-published": (localize: Localize, place, url) =>
    url === ""
      ? {
          words: localize("Nothing is at {0} yet.", place),
          next: localize("Publish what is shown here, and check again."),
        }
      : {
          words: localize("Neither the record at {0} nor the file at {1} is there yet.", place, url),
          next: localize("Publish the one that the order asks for, and check again."),
        },
  "unique-value": (localize: Localize, value) => ({
    words: localize("The unique value {0} is published. It must be the order’s.", value),
    next: localize("Compare it with the order at the CA or reseller."),
  }),
  "other-target": (localize: Localize, name, target) => ({
    words: localize("The record at {0} leads to {1}, which proves nothing to the CA.", name, target),
    next: localize("Replace its target by the one that is shown here."),
  }),
  "alias-chain": (localize: Localize, name, target) => ({
    words: localize("{0} leads to {1}, and only that to the proof. The CA probably looks no further.", name, target),
    next: localize("Publish the target that is shown here at the first name itself."),
  }),
  "hash-cut": (localize: Localize, published) => ({
    words: localize("Digits of the hash are missing or cut in the wrong place: {0}", published),
    next: localize("Publish all 64 digits in their order; in the record, as two labels of 32."),
  }),
  "other-unique-value": (localize: Localize, value, expected) =>
    value === ""
      ? {
          words: localize("The unique value is missing in what is published."),
          next: localize("Publish what is shown here, with the unique value."),
        }
      : expected === ""
        ? {
            words: localize("Another unique value is published: {0}", value),
            next: localize("Publish the order’s."),
          }
        : {
            words: localize("The unique value {0} is published, and {1} is expected.", value, expected),
            next: localize("Publish the order’s."),
          },
  "level-shadowed": (localize: Localize, name, before) => ({
    words: localize(
      "The right record is at {0}, but the CA asks at {1} first, where another one stands.",
      name,
      before,
    ),
    next: localize("Remove the other record, or correct it."),
  }),
  "servers-silent": (localize: Localize, zone, servers, why) =>
    why === "network"
      ? {
          words: localize(
            "It seems that this network lets no DNS questions out to the name servers of {0} ({1}). What a resolver says of the record may be old.",
            zone,
            listed(servers),
          ),
          next: localize(
            "Check again from another network, or name other DNS servers in the settings. That says nothing against the record.",
          ),
        }
      : why !== ""
        ? {
            words: localize(
              "None of the name servers of {0} could be asked; what a resolver says is not enough.",
              zone,
            ),
            next: localize("Check again later, or from another network."),
          }
        : servers === ""
          ? {
              words: localize("No DNS server is set on this computer, so nobody was asked about {0}.", zone),
              next: localize("Name DNS servers in the settings, or connect to a network."),
            }
          : {
              words: localize("Servers asked about {0} did not answer this computer: {1}.", zone, listed(servers)),
              next: localize("Check whether a firewall blocks DNS; if not, ask the provider."),
            },
  "resolver-behind": (localize: Localize, name, resolver, minutes) =>
    minutes === ""
      ? {
          words: localize("The zone’s servers have {0}; {1} still repeats an older answer.", name, resolver),
          next: localize("Nothing is wrong. Others may repeat it for a while, too."),
        }
      : {
          words: localize("The zone’s servers have {0}; {1} still repeats an older answer.", name, resolver),
          next: localize(
            "{0}",
            plural(
              Number(minutes),
              "Nothing is wrong. Others may repeat it for up to {0} minute, too.",
              "Nothing is wrong. Others may repeat it for up to {0} minutes, too.",
            ),
          ),
        },
  "delegated-elsewhere": (localize: Localize, zone, parents, own) => ({
    words: localize("The world asks {1} for {0}, while the zone itself names {2}.", zone, listed(parents), listed(own)),
    next: localize("Correct the name servers at the registrar, or publish the record at those that the world asks."),
  }),
  "portal-text": (localize: Localize, name, text) => ({
    words: localize("A value for DNS TXT is at {0}: {1}", name, text),
    next: localize("Compare it with the CA’s portal: only the portal knows the right one."),
  }),
} as const satisfies Partial<Record<FindingId, SayFinding>>;

/** Names or addresses that a finding has in one value, none of which has a comma. */
function listed(value: string): PhraseValue {
  return allOf(value.split(", "));
}
