import { codePoints, signInLimits } from "./sign-in-limits.ts";

/** Lengths that have a status, in Unicode code points (live protocol §3). */
export const limits = {
  applicationName: { min: 6, max: 32 },
  websocketApiKey: 21,
  ...signInLimits,
  variableName: { min: 3, max: 256 },
  variableContent: { max: 16_000 },
  fileName: { min: 4, max: 255 },
  /** What S3 takes in one request. */
  fileSize: { max: 5 * 2 ** 30 },
  /** Of one session's values together. */
  sessionValues: { entries: 64, bytes: 16_384 },
  /** A longer comment is cut, never refused. */
  comment: 256,
} as const;

export function cutTo(text: string, max: number): string {
  return text.length <= max ? text : [...text].slice(0, max).join("");
}

/** A name is no path: programs save a file under it. */
export function refusedFileName(name: string) {
  const length = codePoints(name);
  const isLength = length >= limits.fileName.min && length <= limits.fileName.max;
  return isLength && !/[/\\\p{Cc}]/u.test(name) ? undefined : "fileNameInvalid";
}
