import type { OutputOf } from "@latchkey/protocol";

export type Application = OutputOf<"showApplication">["application"];

export interface TabProps {
  readonly application: Application;
  readonly etag: string | undefined;
}
