import type { OwnLog } from "./own-logs";

/** A log list as Google publishes it, of logs of the tests' own. @param at its date, epoch ms */
export function logListJson(at: number, logs: readonly OwnLog[], version = "99.1"): Buffer {
  const time = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+/, "");
  const list = {
    version,
    log_list_timestamp: time(at),
    operators: logs.map(({ id, log: { name, operator, key, interval } }) => ({
      name: operator,
      email: [],
      logs: [
        {
          description: name,
          log_id: id.toString("base64"),
          key,
          url: "https://log.example/",
          mmd: 86400,
          state: { usable: { timestamp: time(Date.UTC(2026, 0, 1)) } },
          ...(interval && {
            temporal_interval: { start_inclusive: time(interval.start), end_exclusive: time(interval.end) },
          }),
        },
      ],
      tiled_logs: [],
    })),
  };
  return Buffer.from(JSON.stringify(list), "utf8");
}
