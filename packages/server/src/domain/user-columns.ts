import type { OutputOf } from "@latchkey/protocol";
import type { Column } from "#storage/tables.ts";

type Described = OutputOf<"describeColumns">["columns"][number];

/** What every account has in every application (US-DATA-13). */
const fixedColumns: readonly Pick<Described, "name" | "type">[] = [
  { name: "objectId", type: "STRING_ID" },
  { name: "ownerId", type: "STRING" },
  { name: "email", type: "STRING" },
  { name: "password", type: "STRING" },
  { name: "name", type: "STRING" },
  { name: "userStatus", type: "STRING" },
  { name: "socialAccount", type: "STRING" },
  { name: "blUserLocale", type: "STRING" },
  { name: "created", type: "DATETIME" },
  { name: "updated", type: "DATETIME" },
  { name: "lastLogin", type: "DATETIME" },
  { name: "oAuthIdentities", type: "JSON" },
];

/** Names that the server alone writes; clients send whole objects back, so they are dropped (US-DATA-5). */
const systemNames = new Set([
  "objectId",
  "ownerId",
  "created",
  "updated",
  "lastLogin",
  "userStatus",
  "socialAccount",
  "oAuthIdentities",
  "roles",
  "user-token",
]);

/** Whether a property of this name is dropped from whatever a client sends. */
export function isSystemName(name: string): boolean {
  return name.startsWith("__") || systemNames.has(name);
}

/** US-DATA-6. */
export function isColumnName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) && name !== "constructor" && name !== "prototype";
}

/** Whether the operator may create a column of this name. */
export function isFreeName(name: string): boolean {
  return isColumnName(name) && !isSystemName(name) && !fixedColumns.some((fixed) => fixed.name === name);
}

/** Every column of an application: the fixed ones, the identity column, the created ones. */
export function describeColumns(columns: readonly Column[], identityColumn: string): Described[] {
  const isCreated = ({ name }: Column) => name !== identityColumn;
  const fixed = fixedColumns.some(({ name }) => name === identityColumn)
    ? fixedColumns
    : [...fixedColumns, { name: identityColumn, type: "STRING" } as const];
  return [
    ...fixed.map(({ name, type }) => ({
      name,
      type,
      required: name === "password" || name === identityColumn,
      identity: name === identityColumn,
      defaultValue: null,
    })),
    ...columns.filter(isCreated).map(({ name, type, presence, defaultValue }) => ({
      name,
      type,
      required: presence === "required",
      identity: false,
      defaultValue: defaultOf({ defaultValue }),
    })),
  ];
}

/** What a new account has in a column when nothing is given; `null`: nothing. */
export function defaultOf({ defaultValue }: Pick<Column, "defaultValue">): unknown {
  return defaultValue === null ? null : JSON.parse(defaultValue);
}
