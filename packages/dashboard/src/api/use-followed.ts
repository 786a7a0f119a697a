import { useEffect, useState } from "react";
import { useDocumentVisibility } from "@mantine/hooks";
import { type InputOf, requestOf, type RoutedName } from "@latchkey/protocol";
import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import type { Answered } from "./call.ts";
import { follow } from "./follow.ts";
import { useAnswer } from "./use-answer.ts";

interface Options {
  readonly keepsPrevious?: boolean;
  readonly enabled?: boolean;
  readonly follows?: boolean;
}

/**
 * What the server answers to a question, kept true by the server while somebody looks. A page follows one answer: a
 * browser has six connections to a server, and every tab that is open takes of them.
 */
export function useFollowed<N extends RoutedName>(
  name: N,
  input: InputOf<N>,
  { keepsPrevious = false, enabled = true, follows = true }: Options = {},
): { readonly query: UseQueryResult<Answered<N>>; readonly isLive: boolean } {
  const queryClient = useQueryClient();
  const isSeen = useDocumentVisibility() === "visible";
  const query = useAnswer(name, input, { keepsPrevious, enabled });
  const [isLive, setLive] = useState(false);
  const { path } = requestOf(name, input);
  useEffect(() => {
    if (!enabled || !follows || !isSeen) return undefined;
    const queryKey = [name, input];
    const stop = follow<N>(path, {
      // Records that are as they were keep their identity, so that only rows of others are drawn again.
      onChanged: (output) => queryClient.setQueryData<Answered<N>>(queryKey, (before) => ({ ...before, output })),
      onLive: setLive,
      onEnd: () => void queryClient.invalidateQueries({ queryKey }),
    });
    return () => {
      stop();
      setLive(false);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the path says all that the input says
  }, [name, path, enabled, follows, isSeen, queryClient]);
  return { query, isLive };
}
