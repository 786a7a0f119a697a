import { codePoints, limits } from "@latchkey/protocol";

export function isApplicationName(name: string): boolean {
  const length = codePoints(name);
  return length >= limits.applicationName.min && length <= limits.applicationName.max;
}
