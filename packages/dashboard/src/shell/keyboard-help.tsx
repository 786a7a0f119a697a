import { Group, Kbd, Modal, Stack } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { createOpenings } from "#parts/openings.ts";
import { texts } from "#texts/texts.ts";

const openings = createOpenings<true>();

export function openKeyboardHelp(): void {
  openings.open(true);
}

export function KeyboardHelp() {
  const { isOpen, close } = openings.useOpening();
  useHotkeys([["shift+?", openKeyboardHelp]]);
  return (
    <Modal opened={isOpen} onClose={close} title={texts.general.keyboard.title}>
      <Stack gap="xs">
        {texts.general.keyboard.keys.map(([what, keys]) => (
          <Group key={what} justify="space-between">
            {what}
            <Kbd>{keys}</Kbd>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
