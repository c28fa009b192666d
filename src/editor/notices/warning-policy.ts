import type { WarningPolicy } from "../../orders/presentation/warnings";
import type { EditorSettings } from "../base/settings";

/** When a person wants to be warned of what ends, by the settings. */
export function warningPolicy(settings: Pick<EditorSettings, "get">): WarningPolicy {
  return {
    days: settings.get("warnings.days"),
    shares: settings.get("warnings.shares"),
    warnsOfReplaced: settings.get("warnings.replaced"),
  };
}
