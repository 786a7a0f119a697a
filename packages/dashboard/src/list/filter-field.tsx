import { TextInput } from "@mantine/core";
import { useTyped } from "./use-typed.ts";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A filter that is typed. */
export function FilterField({ label, value, onChange }: Props) {
  const [typed, type] = useTyped(value, onChange);
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      w="8rem"
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
