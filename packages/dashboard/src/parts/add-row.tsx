import { type ReactNode, useState } from "react";
import { Button, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { ProblemLine } from "./problem-line.tsx";

interface Props {
  readonly action: string;
  readonly running: boolean;
  readonly error: unknown;
  readonly isComplete: boolean;
  readonly onSubmit: () => void;
  /** The fields, beside each other where there is room. */
  readonly children: ReactNode;
}

/** A short form at the head of a list, for adding to it. */
export function AddRow({ action, running, error, isComplete, onSubmit, children }: Props) {
  const [wasTried, setTried] = useState(false);
  return (
    <form
      className="lk-add-row"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isComplete) onSubmit();
      }}
    >
      <Stack gap="sm">
        <div className="lk-add-fields">
          {children}
          <Button
            type="submit"
            leftSection={<IconPlus size={16} aria-hidden />}
            loading={running}
            disabled={wasTried && !isComplete}
          >
            {action}
          </Button>
        </div>
        <ProblemLine error={error} />
      </Stack>
    </form>
  );
}
