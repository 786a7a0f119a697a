import { Group, Input, NativeSelect, NumberInput } from "@mantine/core";
import { texts } from "#texts/texts.ts";

const words = texts.licenses.create;
const unitMs = { hours: 3_600_000, days: 86_400_000 } as const;
const units = ["days", "hours", "forever"] as const;

export interface DurationValue {
  readonly amount: number | string;
  readonly unit: (typeof units)[number];
}

/** `undefined`: it never ends. */
export function durationMs({ amount, unit }: DurationValue): number | undefined {
  return unit === "forever" ? undefined : Math.max(1, Number(amount) || 1) * unitMs[unit];
}

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly mayBeForever?: boolean;
  readonly value: DurationValue;
  readonly onChange: (value: DurationValue) => void;
}

export function DurationField({ label, description, mayBeForever = false, value, onChange }: Props) {
  const offered = units.filter((unit) => unit !== "forever" || mayBeForever);
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <Group gap="xs" mt={4} wrap="nowrap">
        {value.unit !== "forever" && (
          <NumberInput
            aria-label={label}
            min={1}
            max={100_000}
            allowDecimal={false}
            flex={1}
            value={value.amount}
            onChange={(amount) => onChange({ ...value, amount })}
          />
        )}
        <NativeSelect
          aria-label={words.unit}
          flex={value.unit === "forever" ? 1 : undefined}
          data={offered.map((unit) => ({ value: unit, label: words.durationUnits[unit] }))}
          value={value.unit}
          onChange={(event) => {
            const chosen = units.find((unit) => unit === event.currentTarget.value);
            if (chosen) onChange({ ...value, unit: chosen });
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
