/** ms of the fastest run of each task: what a run takes when nothing else wants the processor. */
export function fastest<Name extends string>(
  tasks: Readonly<Record<Name, () => unknown>>,
  rounds = 120,
): Record<Name, number> {
  const names = Object.keys(tasks) as Name[];
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<Name, number>;
  // In turns, so that a slow moment of the machine meets all of them.
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const started = performance.now();
      tasks[name]();
      best[name] = Math.min(best[name], performance.now() - started);
    }
  }
  return best;
}
