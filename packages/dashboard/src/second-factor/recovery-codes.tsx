import { useState } from "react";
import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { IconCopy, IconDownload } from "@tabler/icons-react";
import { copyText } from "#parts/copy-text.ts";
import { saveFile } from "#parts/save-file.ts";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.welcome.factor;

interface Props {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** Shown this once; whoever goes on says that they are kept. */
export function RecoveryCodes({ codes, onDone }: Props) {
  const [isKept, setKept] = useState(false);
  const text = codes.join("\n");
  const copy = async () => {
    if (await copyText(text)) toast.done(texts.general.copied);
    else toast.failed(texts.general.copyFailed);
  };
  return (
    <Stack>
      <ul className="lk-codes" aria-label={words.codesLabel}>
        {codes.map((code) => (
          <li key={code} className="lk-key">
            {code}
          </li>
        ))}
      </ul>
      <Group grow>
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
          {words.copyAll}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile(words.fileName, "text/plain", [`${text}\n`])}
        >
          {words.download}
        </Button>
      </Group>
      <Checkbox label={words.kept} checked={isKept} onChange={(event) => setKept(event.currentTarget.checked)} />
      <Button fullWidth disabled={!isKept} onClick={onDone}>
        {words.finish}
      </Button>
    </Stack>
  );
}
