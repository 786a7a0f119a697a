import { Group } from "@mantine/core";
import { CopyButton } from "./copy-button.tsx";

/** An id or the like among facts, to be copied. */
export function CopiedText({ text }: { readonly text: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      <span className="lk-key">{text}</span>
      <CopyButton text={text} what={text} />
    </Group>
  );
}
