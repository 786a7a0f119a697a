import { type RawBuilder, sql } from "kysely";
import { inParts } from "./in-parts.ts";
import type { ApplicationId, Db } from "./tables.ts";
import type { Measure, MeasureSpan } from "./tables-metrics.ts";

const hourMs = 3_600_000;

/** What is not added up over time: how many there were at most. */
const peaks: readonly string[] = ["online"];

const sum = sql<number>`measure.count + excluded.count`;
const larger = sql<number>`case when excluded.count > measure.count then excluded.count else measure.count end`;

/**
 * Adds to what is there, of this process and of others. Applications that have been deleted meanwhile are left out; who
 * deletes one at this very moment makes it fail as a whole.
 */
export async function addMeasures(tx: Db, measures: readonly NewMeasure[]): Promise<void> {
  const ids = [...new Set(measures.map(({ applicationId }) => applicationId as ApplicationId))];
  const existing = new Set<string>();
  for (const part of inParts(ids)) {
    const found = await tx.selectFrom("application").select("id").where("id", "in", part).execute();
    for (const { id } of found) existing.add(id);
  }
  // In one order, so that two processes do not wait for each other.
  const rows = measures.filter(({ applicationId }) => existing.has(applicationId)).toSorted(byKey) as Measure[];
  for (const part of inParts(rows)) await put(tx, part, sum);
}

/** When the first minute began that an application has before an instant. */
export async function oldestMinute(db: Db, applicationId: ApplicationId, before: number): Promise<number | undefined> {
  const oldest = await db
    .selectFrom("measure")
    .select("startsAt")
    .where("applicationId", "=", applicationId)
    .where("span", "=", "minute")
    .where("startsAt", "<", before)
    .orderBy("startsAt")
    .limit(1)
    .executeTakeFirst();
  return oldest?.startsAt;
}

/** The minutes of an application within an hour become that hour. */
export async function rollUp(tx: Db, applicationId: ApplicationId, startsAt: number): Promise<void> {
  // Each row is given to one only of those who roll up at the same time.
  const minutes = await tx
    .deleteFrom("measure")
    .where("applicationId", "=", applicationId)
    .where("span", "=", "minute")
    .where("startsAt", ">=", startsAt)
    .where("startsAt", "<", startsAt + hourMs)
    .returning(["name", "count"])
    .execute();
  for (const [name, counts] of Map.groupBy(minutes, (row) => row.name)) {
    const numbers = counts.map(({ count }) => count);
    const isPeak = peaks.includes(name);
    const count = isPeak ? Math.max(...numbers) : numbers.reduce((total, number) => total + number, 0);
    await put(tx, [{ applicationId, span: "hour", startsAt, name, count }], isPeak ? larger : sum);
  }
}

export async function pruneMeasures(db: Db, applicationId: ApplicationId, before: number): Promise<void> {
  await db
    .deleteFrom("measure")
    .where("applicationId", "=", applicationId)
    .where("span", "=", "hour")
    .where("startsAt", "<", before)
    .execute();
}

/** What to read of an application: from `from` on, in `count` steps. */
export interface MeasureWindow {
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

/** The measures of an application by name and step; what has none is not there. */
export async function readMeasures(
  db: Db,
  applicationId: string,
  { from, step, count }: MeasureWindow,
): Promise<{ readonly name: string; readonly index: number; readonly count: number }[]> {
  const spans: readonly MeasureSpan[] = ["minute", "hour"];
  const rows = await db
    .selectFrom("measure")
    .select((e) => [
      "name",
      // One database divides whole numbers, the other what it is handed.
      sql<number>`cast((${e.ref("startsAt")} - ${from}) / ${step} as integer)`.as("index"),
      e.fn.sum<number>("count").as("total"),
      e.fn.max("count").as("peak"),
    ])
    .where("applicationId", "=", applicationId as ApplicationId)
    .where("span", "in", spans)
    .where("startsAt", ">=", from)
    .where("startsAt", "<", from + step * count)
    .groupBy(["name", "index"])
    .execute();
  return rows.map(({ name, index, total, peak }) => ({ name, index, count: peaks.includes(name) ? peak : total }));
}

/** What an application is, if it is there at all, is seen when it is written. */
export type NewMeasure = Omit<Measure, "applicationId"> & { readonly applicationId: string };

/** Where there is a row already it gets `combined`. */
async function put(tx: Db, measures: readonly Measure[], combined: RawBuilder<number>): Promise<void> {
  await tx
    .insertInto("measure")
    .values(measures)
    .onConflict((on) => on.columns(["applicationId", "span", "startsAt", "name"]).doUpdateSet({ count: combined }))
    .execute();
}

function byKey(a: NewMeasure, b: NewMeasure): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function keyOf({ applicationId, startsAt, name }: NewMeasure): string {
  return `${applicationId} ${startsAt} ${name}`;
}
