import { Checkbox, Group, NumberInput } from "@mantine/core";
import { texts } from "#texts/texts.ts";

interface Props {
  readonly id: string;
  readonly "aria-describedby": string;
  readonly label: string;
  readonly unit: string | undefined;
  /** `null`: no limit. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** What a limit begins with that was none before. */
const firstLimit = 100;

export function QuotaField({ label, unit, value, onChange, ...own }: Props) {
  return (
    <Group gap="sm">
      {value !== null && (
        <NumberInput
          {...own}
          w={unit === undefined ? "8rem" : "12rem"}
          {...(unit !== undefined && { suffix: ` ${unit}` })}
          min={0}
          allowDecimal={false}
          thousandSeparator=","
          value={value}
          onChange={(number) => onChange(typeof number === "number" ? number : 0)}
        />
      )}
      <Checkbox
        {...(value === null && { id: own.id })}
        aria-label={`${label}: ${texts.general.unlimited}`}
        label={texts.general.unlimited}
        checked={value === null}
        onChange={(event) => onChange(event.currentTarget.checked ? null : firstLimit)}
      />
    </Group>
  );
}
