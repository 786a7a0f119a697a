import { useRef } from "react";
import type { InputOf, OutputOf, RoutedName } from "@latchkey/protocol";
import { useMutation, type UseMutationResult, useQueryClient } from "@tanstack/react-query";
import { call, type CallOptions } from "./call.ts";
import { newKey } from "./new-key.ts";
import { ProblemError } from "./problem-error.ts";

interface Options<N extends RoutedName> {
  /** The questions whose answers are not right any more. */
  readonly refreshes?: readonly RoutedName[];
  readonly onDone?: (output: OutputOf<N>, input: InputOf<N>) => void;
}

export interface Change<N extends RoutedName> extends Pick<CallOptions, "ifMatch" | "reason"> {
  readonly input: InputOf<N>;
}

/** Changes something on the server. An attempt whose answer never came is repeated under the same key. */
export function useChange<N extends RoutedName>(
  name: N,
  { refreshes = [], onDone }: Options<N> = {},
): UseMutationResult<OutputOf<N>, Error, Change<N>> {
  const queryClient = useQueryClient();
  const unanswered = useRef<{ readonly input: string; readonly key: string }>(undefined);

  return useMutation<OutputOf<N>, Error, Change<N>>({
    mutationFn: async ({ input, ...options }) => {
      const text = JSON.stringify(input);
      const key = unanswered.current?.input === text ? unanswered.current.key : newKey();
      unanswered.current = { input: text, key };
      try {
        const { output } = await call(name, input, { ...options, idempotencyKey: key });
        unanswered.current = undefined;
        return output;
      } catch (error) {
        if (error instanceof ProblemError && error.status !== 0) unanswered.current = undefined;
        throw error;
      }
    },
    onSuccess: async (output, { input }) => {
      onDone?.(output, input);
      await Promise.all(refreshes.map((each) => queryClient.invalidateQueries({ queryKey: [each] })));
    },
  });
}
