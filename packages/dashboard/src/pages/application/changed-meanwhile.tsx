import { Button, Group, Text } from "@mantine/core";
import { texts } from "#texts/texts.ts";

/** Somebody else was quicker. What was entered is kept, and shown on top of what is there now. */
export function ChangedMeanwhile({ onReload }: { readonly onReload: () => void }) {
  const words = texts.problems;
  return (
    <Group role="alert" gap="md">
      <div>
        <Text size="sm" fw={550}>
          {words.changedMeanwhile}
        </Text>
        <Text size="xs" c="dimmed">
          {words.changedMeanwhileAbout}
        </Text>
      </div>
      <Button size="xs" variant="light" onClick={onReload}>
        {words.loadCurrent}
      </Button>
    </Group>
  );
}
