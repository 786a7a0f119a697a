import { useId } from "react";
import { Input, PinInput } from "@mantine/core";

export const codeDigits = 6;

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly onComplete?: (code: string) => void;
}

/** Six digits of an authenticator. */
export function CodeField({ label, value, onChange, onComplete }: Props) {
  const id = useId();
  return (
    <Input.Wrapper label={label} labelElement="div" id={id}>
      <PinInput
        id={id}
        mt={4}
        length={codeDigits}
        type="number"
        oneTimeCode
        autoFocus
        aria-label={label}
        value={value}
        onChange={onChange}
        {...(onComplete && { onComplete })}
      />
    </Input.Wrapper>
  );
}
