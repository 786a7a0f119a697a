import type { OutputOf } from "@latchkey/protocol";

export type AccountColumn = OutputOf<"listColumns">["columns"][number];
