import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCopy, IconDownload } from "@tabler/icons-react";
import type { OutputOf } from "@latchkey/protocol";
import { copyText } from "#parts/copy-text.ts";
import { saveFile } from "#parts/save-file.ts";
import { SecretText } from "#parts/secret-text.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { licensePath } from "./license-table.tsx";

const words = texts.licenses.create;
const shownAtMost = 10;

interface Props {
  readonly applicationId: string;
  readonly licenses: OutputOf<"createLicenses">["licenses"];
  readonly onClose: () => void;
}

/** The new keys, to be handed on. */
export function CreatedLicenses({ applicationId, licenses, onClose }: Props) {
  const [only] = licenses;
  const text = licenses.map(({ license }) => license).join("\n");
  const copy = async () => {
    if (await copyText(text)) toast.done(texts.general.copied);
    else toast.failed(texts.general.copyFailed);
  };
  return (
    <Stack>
      <Stack gap="xs">
        {licenses.slice(0, shownAtMost).map(({ id, license }) => (
          <SecretText key={id} text={license} what={license} />
        ))}
      </Stack>
      {licenses.length > shownAtMost && (
        <Text size="sm" c="dimmed">
          {words.more(licenses.length - shownAtMost)}
        </Text>
      )}
      <Group justify="flex-end">
        {licenses.length === 1 && only ? (
          <Button variant="default" onClick={() => navigate(licensePath(applicationId, only.id))}>
            {words.open}
          </Button>
        ) : (
          <>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => saveFile(words.fileName, "text/plain", [`${text}\n`])}
            >
              {words.download}
            </Button>
            <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
              {words.copyAll}
            </Button>
          </>
        )}
        <Button data-autofocus onClick={onClose}>
          {texts.general.done}
        </Button>
      </Group>
    </Stack>
  );
}
