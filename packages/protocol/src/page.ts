import * as v from "valibot";
import { count, text } from "./text.ts";

/** The rows of the longest page. */
export const pageAtMost = 1000;

/** Where a list goes on: the age and the id of the last record before, as `nextCursor` gave them. */
export const cursorForm = /^\d{1,15}\.[\w-]{1,64}$/;

/** What part of a list is asked for; the oldest records come first. */
export const page = {
  limit: v.exactOptional(v.pipe(count, v.minValue(1), v.maxValue(pageAtMost))),
  cursor: v.exactOptional(v.pipe(text, v.regex(cursorForm))),
};

/** Absent: the list ends here. */
export const nextCursor = v.exactOptional(text);
