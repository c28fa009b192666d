import type { Contents } from "../../../src/certificates/containers/contents";
import { shownCertificates, toDetailsPage } from "../../../src/certificates/details";
import type { DetailsOptions } from "../../../src/certificates/details/options";
import type { DetailsPage } from "../../../src/certificates/details/page";
import { orderChain } from "../../../src/certificates/x509/chain";
import type { KnownIssuers } from "../../../src/certificates/x509/path-search";

/** The details page of what was read, its certificates put in order as the reading thread does. */
export function describePage(
  contents: Contents,
  { authorities, ...options }: DetailsOptions & { readonly authorities?: KnownIssuers },
): DetailsPage {
  const chain = orderChain(shownCertificates(contents), {
    now: options.now,
    ...(authorities !== undefined && { authorities }),
  });
  return toDetailsPage(contents, chain, options);
}
