/** Whether Windows reserves a file name for a device, with any ending. @param name in lower case */
export function isDeviceName(name: string): boolean {
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/.test(name);
}
