import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ownOperatorKey } from "./own-operator-key.ts";
import { ProblemError } from "./problem-error.ts";

const freshForMs = 10_000;
const attempts = 2;

/** What the server has answered lately. An answer of 401 to anything means that nobody is signed in any more. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: { staleTime: freshForMs, retry: isWorthAnotherTry },
    mutations: { retry: false },
  },
});

function noticeSignOut(error: unknown): void {
  // Signing in itself is refused with codes of its own.
  if (error instanceof ProblemError && error.code === "unauthenticated") queryClient.setQueryData(ownOperatorKey, null);
}

function isWorthAnotherTry(failures: number, error: unknown): boolean {
  return failures < attempts && error instanceof ProblemError && (error.status === 0 || error.status >= 502);
}
