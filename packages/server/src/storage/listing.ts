import { setImmediate } from "node:timers/promises";
import { type AliasedExpression, type Expression, type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import type { Db, Tables } from "./tables.ts";

/**
 * How many rows are looked at in one statement, and in how many of them for one answer. Filters that no index knows may
 * fit no row at all: nobody waits for a whole table to be read, and on SQLite others have their turn in between.
 */
const rowsAtATime = 5_000;
const timesAtMost = 25;

export type Condition = Expression<SqlBool>;
type Value = string | number;

/** Something that rows are ordered by. */
export interface Key {
  readonly value: RawBuilder<Value>;
  readonly type: "string" | "number";
  /** SQLite finds no place by an index of it and another column together. */
  readonly isComputed?: true;
}

/** An order of a list. An index has its columns after those that `within` compares, or the rows within are few. */
export interface Sort {
  /** What rows are ordered by, three at most; the last makes it a total order. */
  readonly by: readonly Key[];
  /** Which rows have something to be ordered by; the others come last, by age. Absent: all have. */
  readonly has?: Condition;
}

/**
 * The same condition, for which no index is looked: a list is read along the index of its order, and a database that
 * guesses that another is better would sort everything that it finds there.
 */
export function lookedAt(condition: Condition): Condition {
  return sql<SqlBool>`(${condition}) is true`;
}

/** The rows of a list: `within` is what an index leads to, and each row is looked at for what `filters` say. */
export interface Listing {
  readonly from: keyof Tables;
  /** What a row has besides the columns of its table. */
  readonly besides?: AliasedExpression<unknown, string>;
  readonly within: readonly Condition[];
  readonly filters: readonly Condition[];
  readonly sort: Sort;
  /** The order of those without anything to be ordered by. */
  readonly otherwise?: Sort;
}

/** A place between two rows: behind the one that has these values, in the first or the second part of an order. */
export interface Place {
  readonly part: number;
  readonly values: readonly Value[];
}

export interface Page {
  readonly limit: number;
  readonly descending: boolean;
  readonly after?: Place;
}

export interface PageOf<R> {
  readonly rows: readonly R[];
  /** Absent: the list ends here. */
  readonly next?: Place;
}

/** Rows of one order, all or none of which have something to be ordered by. */
interface Part {
  readonly number: number;
  readonly from: Listing["from"];
  readonly besides?: Listing["besides"];
  readonly by: Sort["by"];
  readonly within: readonly Condition[];
  readonly filters: readonly Condition[];
  readonly descending: boolean;
}

interface Range {
  readonly after?: readonly Value[];
  readonly until?: readonly Value[];
}

/** The rows that follow a place. They may be fewer than the limit although the list goes on. */
export async function readPage<R extends object>(
  db: Db,
  listing: Listing,
  { limit, descending, after }: Page,
): Promise<PageOf<R>> {
  const rows: R[] = [];
  /** Of the last of them. */
  let last = after;
  let times = 0;
  for (const part of partsOf(listing, descending)) {
    if (after && part.number < after.part) continue;
    const start = after?.part === part.number ? after.values : undefined;
    for await (const range of rangesOf(db, part, start)) {
      // One row more, to see whether the list goes on.
      const found = await rowsIn<R>(db, part, range, limit + 1 - rows.length);
      const isFull = rows.length + found.length > limit;
      if (isFull) found.pop();
      for (const { row, place } of found) {
        rows.push(row);
        last = { part: part.number, values: place };
      }
      if (isFull) return { rows, ...(last && { next: last }) };
      if (++times === timesAtMost && range.until) return { rows, next: { part: part.number, values: range.until } };
    }
  }
  return { rows };
}

/** How many rows a list has; `isMore`: so many at least. */
export async function countRows(db: Db, listing: Listing, atMost: number): Promise<{ count: number; isMore: boolean }> {
  let count = 0;
  let times = 0;
  for (const part of partsOf(listing, false)) {
    for await (const range of rangesOf(db, part, undefined)) {
      count += await countIn(db, part, range, atMost + 1 - count);
      if (count > atMost) return { count: atMost, isMore: true };
      if (++times === timesAtMost && range.until) return { count, isMore: true };
    }
  }
  return { count, isMore: false };
}

/** Whether a list can have such a place: whoever asks may have made it up. */
export function isPlaceIn(listing: Listing, { part: number, values }: Place): boolean {
  const by = partsOf(listing, false).find((part) => part.number === number)?.by;
  return by?.length === values.length && by.every(({ type }, i) => typeof values[i] === type);
}

/** Whether a row is in a list as it is now: for who has locked it. */
export async function isInList(tx: Db, { from, within, filters }: Listing, id: string): Promise<boolean> {
  const isIt = sql<SqlBool>`${sql.ref(`${from}.id`)} = ${id}`;
  const part = { number: 0, from, by: [], within: [isIt], filters: [...within, ...filters], descending: false };
  return (await selected(tx, part, {}).select(sql.lit(1).as("one")).executeTakeFirst()) !== undefined;
}

function partsOf({ from, besides, within, filters, sort, otherwise }: Listing, descending: boolean): Part[] {
  const { by, has } = sort;
  const all = { from, besides, within, filters, descending };
  if (!has || !otherwise) return [{ ...all, number: 0, by }];
  return [
    { ...all, number: 0, by, within: [...within, has] },
    { ...all, number: 1, by: otherwise.by, filters: [...filters, sql<SqlBool>`not (${has})`] },
  ];
}

/** The ranges of a part one after another, none of which has more rows than are looked at in one statement. */
async function* rangesOf(db: Db, part: Part, start: readonly Value[] | undefined): AsyncGenerator<Range> {
  for (let after = start; ;) {
    const until = part.filters.length === 0 ? undefined : await placeOf(db, part, after);
    yield { ...(after && { after }), ...(until && { until }) };
    if (!until) return;
    after = until;
    await setImmediate();
  }
}

/** The last row that one statement looks at. `undefined`: it can look at all there are. */
async function placeOf(db: Db, part: Part, after: readonly Value[] | undefined) {
  const row = await selected(db, { ...part, filters: [] }, after ? { after } : {})
    .select(part.by.map(({ value }, i) => value.as(`place${i}`)))
    .offset(rowsAtATime - 1)
    .limit(1)
    .executeTakeFirst();
  return row && placeIn(row, part);
}

async function rowsIn<R>(db: Db, part: Part, range: Range, limit: number) {
  const rows = await selected(db, part, range)
    .selectAll()
    .select(part.besides ? [part.besides] : [])
    .select(part.by.map(({ value }, i) => value.as(`place${i}`)))
    .limit(limit)
    .execute();
  return rows.map(({ place0, place1, place2, ...row }) => ({
    row: row as R,
    place: placeIn({ place0, place1, place2 }, part),
  }));
}

async function countIn(db: Db, part: Part, range: Range, atMost: number): Promise<number> {
  const { count } = await db
    .selectFrom(selected(db, part, range).select(sql.lit(1).as("one")).limit(atMost).as("row"))
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

type Row = Readonly<Record<string, unknown>>;

function selected(db: Db, { from, by, within, filters, descending }: Part, { after, until }: Range) {
  const key = sql.join(by.map(({ value }) => value));
  const [further, notFurther] = descending ? [sql`<`, sql`>=`] : [sql`>`, sql`<=`];
  let query = (db as unknown as Kysely<Record<string, Row>>).selectFrom(from);
  for (const condition of [...within, ...filters.map(lookedAt)]) query = query.where(condition);
  if (after) query = query.where(sql<SqlBool>`(${key}) ${further} (${sql.join(after)})`);
  if (until) query = query.where(sql<SqlBool>`(${key}) ${notFurther} (${sql.join(until)})`);
  const [first] = by;
  if (first?.isComputed) {
    const [from, to] = descending ? [until, after] : [after, until];
    if (from) query = query.where(sql<SqlBool>`${first.value} >= ${from[0]}`);
    if (to) query = query.where(sql<SqlBool>`${first.value} <= ${to[0]}`);
  }
  for (const { value } of by) query = query.orderBy(value, descending ? "desc" : "asc");
  return query;
}

function placeIn(row: Row, { by }: Part): Value[] {
  return by.map((_, i) => row[`place${i}`] as Value);
}

export function byNumber(column: string): Key {
  return { value: sql<number>`${sql.ref(column)}`, type: "number" };
}

export function byText(column: string): Key {
  return { value: sql<string>`${sql.ref(column)}`, type: "string" };
}
