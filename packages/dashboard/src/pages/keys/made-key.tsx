import { Button, Group, Stack, Text } from "@mantine/core";
import { type OutputOf, requestOf } from "@latchkey/protocol";
import { SecretText } from "#parts/secret-text.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.keys;

interface Props {
  readonly made: OutputOf<"createManagementKey">;
  readonly onDone: () => void;
}

/** The one time that a key is seen. */
export function MadeKey({ made: { key, managementKey }, onDone }: Props) {
  const [applicationId] = managementKey.applicationIds ?? [];
  const isExampleOpen = applicationId !== undefined && managementKey.scopes.includes("licenses:read");
  return (
    <Stack>
      <Text size="sm">{words.made.about}</Text>
      <SecretText text={key} what={managementKey.name} />
      {isExampleOpen && (
        <>
          <Text size="sm">{words.made.example}</Text>
          <SecretText text={exampleOf(key, applicationId)} what={words.made.example} />
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onDone}>{words.made.kept}</Button>
      </Group>
    </Stack>
  );
}

function exampleOf(key: string, applicationId: string): string {
  const { path } = requestOf("listLicenses", { applicationId, limit: 1 });
  return `curl -H "Authorization: Bearer ${key}" "${location.origin}${path}"`;
}
