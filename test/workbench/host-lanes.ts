/** The folders of tests inside an extension host. */
export type HostLane = "host" | "host-serving" | "host-upgrade";

/**
 * Those of `host` share an editor, a journal and its orders; each file of `host-serving` has its own. That of
 * `host-upgrade` begins where version 0.1.0 ended.
 */
export const HOST_LANES: Readonly<Record<HostLane, "together" | "each">> = {
  host: "together",
  "host-serving": "each",
  "host-upgrade": "together",
};
