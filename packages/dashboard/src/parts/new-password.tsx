import { Button, Group, PasswordInput } from "@mantine/core";
import { IconWand } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import { CopyButton } from "./copy-button.tsx";

const words = texts.accounts.create;
/** Without what is mistaken for something else when it is read out. */
const letters = "abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679";
const length = 16;

/** Sixteen letters: about 90 bits. */
function newPassword(): string {
  const text: string[] = [];
  while (text.length < length) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    // What is left over at the end would make the first letters likelier.
    if (byte < 256 - (256 % letters.length)) text.push(letters.charAt(byte % letters.length));
  }
  return text.join("");
}

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A password for somebody else: typed, or made and copied. */
export function NewPassword({ label, value, onChange }: Props) {
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <PasswordInput
        label={label}
        description={words.passwordHint}
        autoComplete="new-password"
        required
        withAsterisk={false}
        flex={1}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <CopyButton text={value} what={label} />
      <Button
        variant="default"
        leftSection={<IconWand size={16} aria-hidden />}
        onClick={() => onChange(newPassword())}
      >
        {words.generate}
      </Button>
    </Group>
  );
}
