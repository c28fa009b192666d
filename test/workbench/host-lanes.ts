/** The folders of tests inside an extension host. */
export type HostLane = "host" | "host-serving";

/** Those of `host` share an editor, a journal and its orders; each file of `host-serving` has its own. */
export const HOST_LANES: Readonly<Record<HostLane, "together" | "each">> = { host: "together", "host-serving": "each" };
