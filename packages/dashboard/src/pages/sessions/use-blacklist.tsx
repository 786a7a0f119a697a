import { useCallback } from "react";
import type { RoutedName } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { newKey } from "#api/new-key.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { confirm } from "#parts/confirm.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { AffectedSessions, type BlacklistEntry } from "./affected-sessions.tsx";
import { sessionAnswers } from "./use-end-session.ts";

const words = texts.sessions.blacklist;

const blacklistAnswers: readonly RoutedName[] = [...sessionAnswers, "listBlacklist"];

/** Asks, with how many it concerns, then keeps a client or an address out. */
export function useBlacklist(): (entry: BlacklistEntry) => void {
  const refresh = useRefresh(blacklistAnswers);
  return useCallback(
    (entry) =>
      confirm({
        title: words[entry.kind].title(entry.value),
        about: <AffectedSessions {...entry} />,
        consequences: [...words.consequences, ...(entry.kind === "address" ? [words.sharedAddress] : [])],
        action: words[entry.kind].action,
        asksReason: true,
        onConfirm: async (reason) => {
          await call("addBlacklistEntry", entry, { idempotencyKey: newKey(), reason });
          toast.done(words[entry.kind].done, async () => {
            await call("removeBlacklistEntry", entry);
            toast.done(words.undone);
          });
          await refresh();
        },
      }),
    [refresh],
  );
}
