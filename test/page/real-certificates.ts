import { caFixtures, fixture } from "../unit/certificates/fixtures";
import { detailsOf, detailsOfAll } from "./issued";
import type { DetailsPage } from "../../src/certificates/details/page";

/** Real certificates of CAs whose names contain this, as one page. */
export function authorities(name: string): DetailsPage {
  const found = caFixtures().filter(({ subject }) => subject.includes(name));
  if (found.length === 0) throw new Error(`no certificate of ${name}`);
  return detailsOfAll(found.map(({ der }) => der));
}

/** The page of a fixture of `test/fixtures/certificates`. */
export function fixturePage(name: string): DetailsPage {
  return detailsOf(fixture(name));
}
