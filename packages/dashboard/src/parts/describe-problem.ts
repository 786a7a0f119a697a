import { ProblemError } from "#api/problem-error.ts";
import { texts } from "#texts/texts.ts";

/** A failure in one line, for where it happened. */
export function describeProblem(error: unknown): string {
  if (!(error instanceof ProblemError)) return texts.problems.failedTitle;
  switch (error.code) {
    case "unreachable":
      return `${texts.problems.unreachableTitle}. ${texts.problems.unreachable}`;
    case "tooManyRequests":
      return texts.problems.tooManyRequests(error.retryAfterSeconds);
    case "changedMeanwhile":
      return texts.problems.changedMeanwhile;
    case "requestMalformed":
      return [`${sentence(error.message)}.`, ...error.fields].join(" ");
    default:
      return error.requestId === undefined
        ? `${sentence(error.message)}.`
        : `${sentence(error.message)}. ${texts.problems.requestId(error.requestId)}`;
  }
}

function sentence(title: string): string {
  return title.slice(0, 1).toUpperCase() + title.slice(1);
}
