import type { InputOf, RoutedName } from "@latchkey/protocol";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { type Answered, call } from "./call.ts";

interface Options {
  /** Of a list whose filters change: what was there stays until the next answer. */
  readonly keepsPrevious?: boolean;
  readonly enabled?: boolean;
  readonly refetchInterval?: number | false;
}

/** What the server answers to a question, kept and refreshed. Changes refresh it by the operation's name. */
export function useAnswer<N extends RoutedName>(
  name: N,
  input: InputOf<N>,
  { keepsPrevious = false, enabled = true, refetchInterval = false }: Options = {},
): UseQueryResult<Answered<N>> {
  return useQuery<Answered<N>>({
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, input, { signal }),
    enabled,
    refetchInterval,
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
  });
}
