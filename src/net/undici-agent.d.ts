// undici publishes types for its main entry alone, which must not be imported: loading it fills the process-wide
// dispatcher slot that all extensions of the host share.
declare module "undici/lib/dispatcher/agent.js" {
  import type { Agent } from "undici";

  const agent: typeof Agent;
  export default agent;
}
