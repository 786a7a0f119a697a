import * as v from "valibot";
import { operation } from "../operation.ts";
import { text } from "../text.ts";

const key = v.pipe(text, v.minLength(1), v.check(isShort, "must have at most 256 characters"));

function isShort(value: string): boolean {
  return [...value].length <= 256;
}

/** Small values that a session keeps for itself; they survive a logout and a resume (LP-VAL-1). */
export const sessionValue = {
  setSessionValue: operation({
    type: 12,
    gate: "session",
    once: true,
    input: v.object({ key, value: text, ttl: v.exactOptional(v.pipe(v.number(), v.safeInteger())) }),
    output: v.object({}),
    refuses: ["valuesTooLarge", "tooManyValues"],
  }),

  getSessionValue: operation({
    type: 13,
    gate: "session",
    input: v.object({ key }),
    output: v.object({ value: text }),
    refuses: ["valueNotFound"],
  }),

  deleteSessionValue: operation({
    type: 14,
    gate: "session",
    once: true,
    input: v.object({ key }),
    output: v.object({}),
    refuses: ["valueNotFound"],
  }),
};
