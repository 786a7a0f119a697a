import type { OutputOf } from "@latchkey/protocol";
import type { Variable } from "#storage/tables.ts";

/** A variable as the operator sees it. */
export function variableOutput({ name, content, visibility }: Variable): OutputOf<"showVariable">["variable"] {
  return { name, content, public: visibility === "public" };
}
