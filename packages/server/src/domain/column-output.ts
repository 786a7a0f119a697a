import type { OutputOf } from "@latchkey/protocol";
import type { Column } from "#storage/tables.ts";
import { defaultOf } from "./user-columns.ts";

/** A created column as the operator sees it. */
export function columnOutput(column: Column): OutputOf<"setColumn">["column"] {
  const { name, type, presence, repeats, createdBy } = column;
  return {
    name,
    type,
    required: presence === "required",
    unique: repeats === "refused",
    defaultValue: defaultOf(column),
    createdBy,
  };
}
