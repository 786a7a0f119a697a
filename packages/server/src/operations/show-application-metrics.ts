import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { metricsWindow } from "#domain/metrics-window.ts";
import { findApplication } from "#storage/applications.ts";
import { readMeasures } from "#storage/measures.ts";

export async function showApplicationMetrics(
  { db, now }: Context,
  _: CallerOf<"showApplicationMetrics">,
  { applicationId, ...wanted }: InputOf<"showApplicationMetrics">,
): Promise<Answer<"showApplicationMetrics">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const { from, step, count } = metricsWindow(wanted, now);
  const values = new Map<string, number[]>();
  for (const measure of await readMeasures(db, application.id, { from, step, count })) {
    const series = values.get(measure.name) ?? Array.from({ length: count }, () => 0);
    series[measure.index] = measure.count;
    values.set(measure.name, series);
  }
  const series = [...values].map(([name, numbers]) => ({ name, values: numbers }));
  return done({ from, step, series: series.toSorted((a, b) => (a.name < b.name ? -1 : 1)) });
}
