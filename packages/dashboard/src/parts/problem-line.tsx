import { Alert } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { describeProblem } from "./describe-problem.ts";

/** Says inside a form or a dialog why it could not be done. */
export function ProblemLine({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertCircle size={18} aria-hidden />}>
      {describeProblem(error)}
    </Alert>
  );
}
