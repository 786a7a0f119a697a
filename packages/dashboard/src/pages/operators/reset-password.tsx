import { useState } from "react";
import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { texts } from "#texts/texts.ts";
import type { Operator } from "./operator-table.tsx";
import { ShownLink } from "./shown-link.tsx";

const words = texts.operators;
const refreshes = ["listOperators"] as const;

interface Props {
  readonly operator: Operator | undefined;
  readonly onClose: () => void;
}

/** For who has forgotten their password: ends it, and makes the link by which they set another. */
export function ResetPassword({ operator, onClose }: Props) {
  const [removesFactor, setRemovesFactor] = useState(false);
  const reset = useChange("resetOperatorPassword", { refreshes });
  const made = reset.data;
  const close = () => {
    setRemovesFactor(false);
    reset.reset();
    onClose();
  };
  return (
    <Modal
      opened={operator !== undefined}
      onClose={close}
      title={made ? words.link.title.passwordReset : words.resetTitle(operator?.name ?? "")}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
    >
      {operator && made ? (
        <ShownLink kind="passwordReset" email={operator.email} {...made} onDone={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!operator) return;
            const secondFactor = removesFactor ? "remove" : "keep";
            reset.mutate({ input: { operatorId: operator.id, secondFactor } });
          }}
        >
          <Stack>
            <ul className="lk-consequences">
              {words.resetConsequences.map((consequence) => (
                <li key={consequence}>{consequence}</li>
              ))}
            </ul>
            {operator?.secondFactor === "on" && (
              <Checkbox
                label={words.resetFactor}
                description={words.resetFactorAbout}
                checked={removesFactor}
                onChange={(event) => setRemovesFactor(event.currentTarget.checked)}
              />
            )}
            <ProblemLine error={reset.error} />
            <Group justify="flex-end">
              <Button variant="default" data-autofocus onClick={close}>
                {texts.general.cancel}
              </Button>
              <Button type="submit" color="red" loading={reset.isPending}>
                {words.resetAction}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
