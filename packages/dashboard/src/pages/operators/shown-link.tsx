import { Button, Group, Stack, Text } from "@mantine/core";
import { linkPath } from "@latchkey/protocol";
import { Instant } from "#parts/instant.tsx";
import { SecretText } from "#parts/secret-text.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.operators.link;

interface Props {
  readonly kind: keyof typeof words.about;
  readonly email: string;
  readonly secret: string;
  readonly expiresAt: number;
  readonly onDone: () => void;
}

/** A link for somebody else; the server has only its hash. */
export function ShownLink({ kind, email, secret, expiresAt, onDone }: Props) {
  return (
    <Stack>
      <Text size="sm">{words.about[kind](email)}</Text>
      <SecretText text={`${location.origin}${linkPath(kind, secret)}`} what={words.what} />
      <Text size="sm" c="dimmed">
        {words.once} <Instant at={expiresAt} />.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{words.kept}</Button>
      </Group>
    </Stack>
  );
}
