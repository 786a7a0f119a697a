import { useEffect, useState } from "react";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import { copyText } from "./copy-text.ts";
import { toast } from "./toast.tsx";

const shownForMs = 1_600;

interface Props {
  readonly text: string;
  /** What is copied, for who does not see it. */
  readonly what: string;
}

/** Tables have one in each row, so it is nothing but a button. */
export function CopyButton({ text, what }: Props) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = window.setTimeout(() => setCopied(false), shownForMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    if (await copyText(text)) setCopied(true);
    else toast.failed(texts.general.copyFailed);
  };
  const label = isCopied ? texts.general.copied : texts.general.copy;
  return (
    <button
      type="button"
      className="lk-icon-button"
      title={label}
      aria-label={`${label}: ${what}`}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    >
      {isCopied ? <IconCheck size={16} color="var(--lk-accent)" aria-hidden /> : <IconCopy size={16} aria-hidden />}
    </button>
  );
}
