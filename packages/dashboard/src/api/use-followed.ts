import { useEffect } from "react";
import { type InputOf, requestOf, type RoutedName } from "@latchkey/protocol";
import { useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { Answered } from "./call.ts";
import { readOutput } from "./read-output.ts";
import { useAnswer } from "./use-answer.ts";

/** What the server answers to a question, and again whenever that has changed (MG-STREAM-1). */
export function useFollowed<N extends RoutedName>(
  name: N,
  input: InputOf<N>,
  { enabled = true }: { readonly enabled?: boolean } = {},
): UseQueryResult<Answered<N>> {
  const queryClient = useQueryClient();
  const answer = useAnswer(name, input, { enabled });
  const { path } = requestOf(name, input);
  useEffect(() => {
    if (!enabled) return undefined;
    const stream = new EventSource(path);
    stream.addEventListener("changed", (event) => {
      queryClient.setQueryData<Answered<N>>([name, input], { output: readOutput<N>(String(event.data)) });
    });
    // It is over; a browser would ask again and again.
    stream.addEventListener("end", () => stream.close());
    return () => stream.close();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the path says all that the input says
  }, [enabled, path, name, queryClient]);
  return answer;
}
