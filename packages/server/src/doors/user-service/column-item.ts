import type { OutputOf } from "@latchkey/protocol";

/** A column as `userclassprops` tells of it; what Latchkey's columns do not have is there without a value. */
export function columnItem(column: OutputOf<"describeColumns">["columns"][number]): Record<string, unknown> {
  const { name, type, required, identity, defaultValue } = column;
  return {
    name,
    required,
    type,
    defaultValue,
    relatedTable: null,
    identity,
    customRegex: null,
    autoLoad: false,
    isPrimaryKey: type === "STRING_ID",
  };
}
