import { useCallback } from "react";
import type { RoutedName } from "@latchkey/protocol";
import { useQueryClient } from "@tanstack/react-query";

/** Asks again what may have changed, as far as it is shown. `questions` is a constant. */
export function useRefresh(questions: readonly RoutedName[]): () => Promise<void> {
  const queryClient = useQueryClient();
  return useCallback(async () => {
    await Promise.all(questions.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
  }, [queryClient, questions]);
}
