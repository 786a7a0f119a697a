import { useState } from "react";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import { CopyButton } from "./copy-button.tsx";

interface Props {
  readonly text: string;
  readonly what: string;
  /** Shown only to who asks for it. */
  readonly concealed?: boolean;
}

/** A key or the like, to be copied. */
export function SecretText({ text, what, concealed = false }: Props) {
  const [isShown, setShown] = useState(!concealed);
  const label = isShown ? texts.general.conceal : texts.general.reveal;
  return (
    <div className="lk-secret">
      <span className="lk-key">{isShown ? text : "•".repeat(Math.min(text.length, 36))}</span>
      {concealed && (
        <Tooltip label={label}>
          <ActionIcon aria-label={`${label}: ${what}`} aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
      <CopyButton text={text} what={what} />
    </div>
  );
}
