import { useCallback } from "react";
import type { RoutedName } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { useRefresh } from "#api/use-refresh.ts";
import { confirm } from "#parts/confirm.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { Variable } from "./variable.ts";

const words = texts.variables.delete;
export const variableAnswers: readonly RoutedName[] = ["listVariables", "showVariable"];

/** Asks, then deletes a variable, which can be taken back. */
export function useDeleteVariable(applicationId: string): (variable: Variable) => void {
  const refresh = useRefresh(variableAnswers);
  return useCallback(
    (variable) =>
      confirm({
        title: words.title(variable.name),
        consequences: words.consequences,
        action: words.action,
        asksReason: true,
        onConfirm: async (reason) => {
          await call("deleteVariable", { applicationId, name: variable.name }, { reason });
          toast.done(words.done(variable.name), async () => {
            await call("setVariable", { applicationId, ...variable });
            toast.done(words.undone(variable.name));
            await refresh();
          });
          await refresh();
        },
      }),
    [applicationId, refresh],
  );
}
