import type { OutputOf } from "@latchkey/protocol";

export type Variable = OutputOf<"showVariable">["variable"];
