import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import { describeProblem } from "./describe-problem.ts";

const shownForMs = 5_000;
/** Longer, because somebody has to read it, be shocked and find the button. */
const undoableForMs = 12_000;

/** Short news at the edge of the screen. */
export const toast = {
  /** `undo`, where what was done can be taken back. */
  done(text: string, undo?: () => Promise<unknown>): void {
    const id = notifications.show({
      message: undo ? <Undoable text={text} onUndo={() => takeBack(id, undo)} /> : text,
      color: "verdigris",
      icon: <IconCheck size={16} aria-hidden />,
      autoClose: undo ? undoableForMs : shownForMs,
      withBorder: true,
    });
  },

  failed(problem: unknown): void {
    notifications.show({
      message: typeof problem === "string" ? problem : describeProblem(problem),
      color: "red",
      icon: <IconAlertCircle size={16} aria-hidden />,
      autoClose: undoableForMs,
      withBorder: true,
      role: "alert",
    });
  },
};

function takeBack(id: string, undo: () => Promise<unknown>): void {
  notifications.hide(id);
  void undo().catch((error: unknown) => toast.failed(error));
}

function Undoable({ text, onUndo }: { readonly text: string; readonly onUndo: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{text}</span>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {texts.general.undo}
      </Button>
    </Group>
  );
}
