import * as v from "valibot";
import { count, text } from "./text.ts";

/** The rows of the longest page. */
export const pageAtMost = 1000;

/** As far as the records of a list are counted. */
export const countAtMost = 10_000;

/** Where a list goes on, as `nextCursor` said. */
export const cursorForm = /^[\w.-]{1,4000}$/;

/** What part is asked for of a list that is read in one order alone: a cursor has the age and the id of a record. */
export const page = {
  limit: v.exactOptional(v.pipe(count, v.minValue(1), v.maxValue(pageAtMost))),
  cursor: v.exactOptional(v.pipe(text, v.regex(/^\d{1,15}\.[\w-]{1,64}$/))),
};

/** Absent: the list ends here. */
export const nextCursor = v.exactOptional(text);

/** The same of a list that is read in several. The first of these orders is the one that it has when nothing is said. */
export function pageBy<const S extends readonly [string, ...string[]]>(sorts: S) {
  return {
    limit: page.limit,
    /** Good for the order it was given in, and for no other. */
    cursor: v.exactOptional(v.pipe(text, v.regex(cursorForm))),
    sort: v.exactOptional(v.picklist(sorts)),
    /** Records without a value come last in either. */
    order: v.exactOptional(v.picklist(["asc", "desc"])),
    /** Whether to say how many records the whole list has. */
    count: v.exactOptional(v.boolean()),
  };
}

/** What is searched for: a part of one of the texts that a list says, whatever its case, or the whole of a name. */
export const search = v.exactOptional(v.pipe(text, v.minLength(1), v.maxLength(256)));

/** How many there are; more: there are so many at least. */
export const bounded = v.object({ count, isMore: v.boolean() });

export const paged = {
  /** A page may have fewer records than were asked for, or none, and the list goes on all the same. */
  nextCursor,
  total: v.exactOptional(bounded),
};
