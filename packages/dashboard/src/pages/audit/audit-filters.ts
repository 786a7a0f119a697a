import { actorKinds, type InputOf } from "@latchkey/protocol";

export const filterNames = [
  "actor",
  "action",
  "record",
  "application",
  "from",
  "to",
  "actorId",
  "recordId",
  "entry",
] as const;
export type AuditFilters = Readonly<Partial<Record<(typeof filterNames)[number], string>>>;
export type AuditFilter = Omit<InputOf<"listAudit">, "limit" | "cursor">;
/** Ids that the details of an entry lead to. */
export const exactNames = ["actorId", "recordId"] as const;

/** What the address says, as the server is asked. What an address says wrong is left out. */
export function filterOf(filters: AuditFilters): AuditFilter {
  const { action, record, application, actorId, recordId } = filters;
  const actorKind = actorKinds.find((kind) => kind === filters.actor);
  const from = startOfDay(filters.from, 0);
  const to = startOfDay(filters.to, 1);
  return {
    ...(actorKind && { actorKind }),
    ...(action !== undefined && { action }),
    ...(record !== undefined && { record }),
    ...(application !== undefined && { applicationId: application }),
    ...(actorId !== undefined && { actorId }),
    ...(recordId !== undefined && { recordId }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** When a day begins where the operator is, or the one so many days later. */
function startOfDay(text: string | undefined, later: number): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? "") ?? [];
  if (day === undefined) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(day) + later).getTime();
  return at >= 0 ? at : undefined;
}
