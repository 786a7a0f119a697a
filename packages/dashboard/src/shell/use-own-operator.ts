import type { OutputOf, Scope } from "@latchkey/protocol";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { call } from "#api/call.ts";
import { ownOperatorKey } from "#api/own-operator-key.ts";
import { ProblemError } from "#api/problem-error.ts";

export type OwnOperator = OutputOf<"showOwnOperator">;

/** Who is signed in; `null`: nobody. */
export function useOwnOperator(): UseQueryResult<OwnOperator | null> {
  return useQuery<OwnOperator | null>({
    queryKey: ownOperatorKey,
    queryFn: async ({ signal }) => {
      try {
        return (await call("showOwnOperator", {}, { signal })).output;
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) return null;
        throw error;
      }
    },
  });
}

/** Whether the one who is signed in may do something. What may not be done is not offered. */
export function useMay(): (scope: Scope) => boolean {
  const { data } = useOwnOperator();
  return (scope) => data?.scopes.includes(scope) ?? false;
}
