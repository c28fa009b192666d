/** The command that runs a script of our `package.json`, with the npm that runs us: on Windows `npm` is no program. */
export function npmRun(script: string): [string, ...string[]] {
  const npm = process.env.npm_execpath;
  return npm === undefined ? ["npm", "run", "--silent", script] : [process.execPath, npm, "run", "--silent", script];
}
