import { useCallback } from "react";
import { call } from "#api/call.ts";
import { newKey } from "#api/new-key.ts";
import { useAnswer } from "#api/use-answer.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { confirm } from "#parts/confirm.tsx";
import { countText } from "#bulk/count-text.ts";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { sessionAnswers } from "./use-end-session.ts";

const words = texts.sessions.blacklist;

interface Entry {
  readonly applicationId: string;
  readonly kind: "client" | "address";
  readonly value: string;
}

/** Asks, with how many it concerns, then keeps a client or an address out. */
export function useBlacklist(): (entry: Entry) => void {
  const refresh = useRefresh(sessionAnswers);
  return useCallback(
    (entry) =>
      confirm({
        title: words[entry.kind].title(entry.value),
        about: <Affected {...entry} />,
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

function Affected({ applicationId, kind, value }: Entry) {
  const { data } = useAnswer("findSessions", {
    applicationId,
    door: "live",
    limit: 1,
    count: true,
    ...(kind === "client" ? { clientId: value } : { address: value }),
  });
  const total = data?.output.total;
  return <span role="status">{total ? words.affected(countText(total, 0), total.count === 1) : words.counting}</span>;
}
