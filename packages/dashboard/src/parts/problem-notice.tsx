import { Button, Code } from "@mantine/core";
import { IconCloudOff, IconLock, IconMoodEmpty, IconZoomQuestion } from "@tabler/icons-react";
import { ProblemError } from "#api/problem-error.ts";
import { texts } from "#texts/texts.ts";
import { describeProblem } from "./describe-problem.ts";
import { Notice } from "./notice.tsx";

interface Props {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** Stands where a page or a part of it could not be loaded. */
export function ProblemNotice({ error, onRetry }: Props) {
  const { status, requestId } = error instanceof ProblemError ? error : { status: 500, requestId: undefined };
  const words = texts.problems;
  const [icon, title, about] =
    status === 0
      ? [IconCloudOff, words.unreachableTitle, words.unreachable]
      : status === 403
        ? [IconLock, words.forbiddenTitle, words.forbidden]
        : status === 404
          ? [IconZoomQuestion, words.notFoundTitle, words.notFound]
          : [IconMoodEmpty, words.failedTitle, status >= 500 ? words.failed : describeProblem(error)];
  return (
    <Notice kind="error" icon={icon} title={title} about={about}>
      {requestId !== undefined && <Code>{requestId}</Code>}
      {onRetry && status !== 403 && status !== 404 && (
        <Button variant="default" onClick={onRetry}>
          {texts.general.retry}
        </Button>
      )}
    </Notice>
  );
}
