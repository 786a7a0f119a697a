import { useCallback } from "react";
import type { RoutedName } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { confirm } from "#parts/confirm.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { nameOf, type Session } from "./session-cells.tsx";

const words = texts.sessions.end;
export const sessionAnswers: readonly RoutedName[] = ["findSessions"];

/** Asks, then ends one session. */
export function useEndSession(applicationId: string): (session: Session, onDone?: () => void) => void {
  const refresh = useRefresh(sessionAnswers);
  return useCallback(
    (session, onDone) =>
      confirm({
        title: words.title(nameOf(session)),
        consequences: words.consequences,
        action: words.action,
        asksReason: true,
        onConfirm: async (reason) => {
          await call("endSession", { applicationId, sessionId: session.id }, { reason });
          onDone?.();
          toast.done(words.done);
          await refresh();
        },
      }),
    [applicationId, refresh],
  );
}
