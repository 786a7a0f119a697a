import { type ReactNode, useState } from "react";
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { texts } from "#texts/texts.ts";
import { createOpenings } from "./openings.ts";
import { ProblemLine } from "./problem-line.tsx";

export interface Question {
  readonly title: string;
  readonly about?: ReactNode;
  /** What will be so afterwards; each a sentence. */
  readonly consequences: readonly string[];
  /** What the button says: the deed, not “OK”. */
  readonly action: string;
  readonly harmless?: boolean;
  /** What has to be typed before it can be done. */
  readonly typedName?: string;
  /** Rejecting keeps the dialog open and says why. */
  readonly onConfirm: (reason: string | undefined) => Promise<unknown>;
  readonly asksReason?: boolean;
}

const questions = createOpenings<Question>();

/** Asks before something is done that others will feel. */
export const confirm: (question: Question) => void = questions.open;

/** Where questions appear; the frame has one. */
export function ConfirmDialog() {
  const { shown, isOpen, close } = questions.useOpening();
  return (
    <Modal opened={isOpen} onClose={close} title={shown?.title}>
      {shown && <Asked key={shown.title} question={shown} onClose={close} />}
    </Modal>
  );
}

function Asked({ question, onClose }: { readonly question: Question; readonly onClose: () => void }) {
  const { about, consequences, action, harmless = false, typedName, onConfirm, asksReason = false } = question;
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isSure = typedName === undefined || typed.trim() === typedName;
  const carryOut = async () => {
    setRunning(true);
    setError(null);
    try {
      await onConfirm(reason.trim() || undefined);
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setRunning(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure && !running) void carryOut();
      }}
    >
      <Stack gap="md">
        {about !== undefined && <Text size="sm">{about}</Text>}
        <ul className="lk-consequences">
          {consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
        {asksReason && (
          <TextInput
            label={texts.general.reason}
            placeholder={texts.general.reasonHint}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {typedName !== undefined && (
          <TextInput
            data-autofocus
            label={texts.general.typeToConfirm(typedName)}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <ProblemLine error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} {...(typedName === undefined && { "data-autofocus": true })}>
            {texts.general.cancel}
          </Button>
          <Button type="submit" loading={running} disabled={!isSure} {...(!harmless && { color: "red" })}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
