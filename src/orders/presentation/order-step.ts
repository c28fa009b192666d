import type { StatusStep } from "../../api/result";
import type { AgreementMail, OrderedDomain } from "../../api/services/service-result";

/** A step of an order's validation: as the collect endpoint has it, with what the CA's services say in addition. */
export interface OrderStep extends StatusStep {
  /** The domains that wait for the person, those whose ordered method is known first. Never empty. */
  readonly waiting?: readonly OrderedDomain[];
  /** The CA's mail with the link to its agreement. */
  readonly mail?: AgreementMail;
  /** Only a service names it, and its title is the CA's own words. */
  readonly isCas?: true;
}
