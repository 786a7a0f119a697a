import { useId } from "react";
import { NumberInput, SegmentedControl, Switch, TagsInput, TextInput } from "@mantine/core";
import { texts } from "#texts/texts.ts";
import { QuotaField } from "./quota-field.tsx";
import type { SettingName } from "./setting-groups.ts";

const mayBeUnlimited: ReadonlySet<SettingName> = new Set([
  "sessionQuota",
  "accountQuota",
  "blacklistQuota",
  "storageQuota",
  "accountsPerAddressPerDay",
  "registrationsPerAddressPerDay",
]);

type Value = boolean | number | string | null | readonly string[];

interface Props {
  readonly name: SettingName;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One setting: what it is called, what it does, and the field that suits its value. */
export function SettingField({ name, value, onChange }: Props) {
  const { label, help, unit } = texts.settings[name];
  const id = useId();
  const about = `${id}-about`;
  return (
    <>
      <div className="lk-what">
        <strong>
          <label htmlFor={id}>{label}</label>
        </strong>
        <p id={about}>{help}</p>
      </div>
      <Field id={id} name={name} value={value} onChange={onChange} about={about} unit={unit} label={label} />
    </>
  );
}

interface FieldProps extends Props {
  readonly id: string;
  readonly about: string;
  readonly label: string;
  readonly unit: string | undefined;
}

function Field({ id, name, value, onChange, about, label, unit }: FieldProps) {
  const own = { id, "aria-describedby": about };
  if (typeof value === "boolean") {
    return <Switch {...own} checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />;
  }
  if (mayBeUnlimited.has(name) && (value === null || typeof value === "number")) {
    return <QuotaField {...own} label={label} unit={unit} value={value} onChange={onChange} />;
  }
  if (typeof value === "number") {
    return (
      <NumberInput
        {...own}
        w="11rem"
        min={0}
        allowDecimal={false}
        thousandSeparator=","
        {...(unit !== undefined && { suffix: ` ${unit}` })}
        value={value}
        onChange={(number) => onChange(typeof number === "number" ? number : 0)}
      />
    );
  }
  if (name === "userAccess") {
    return (
      <SegmentedControl
        aria-label={label}
        data={Object.entries(texts.userAccess).map(([choice, said]) => ({ value: choice, label: said }))}
        value={String(value)}
        onChange={onChange}
      />
    );
  }
  if (typeof value === "string" || value === null) {
    return (
      <TextInput {...own} w="18rem" value={value ?? ""} onChange={(event) => onChange(event.currentTarget.value)} />
    );
  }
  return <TagsInput {...own} w="18rem" value={[...value]} onChange={onChange} />;
}
