interface Props {
  readonly label: string;
  readonly checked: boolean;
  readonly indeterminate?: boolean;
  readonly onChange: (isChosen: boolean) => void;
}

/** Tables have one in each row, so it is nothing but a box to tick. */
export function Choice({ label, checked, indeterminate = false, onChange }: Props) {
  return (
    <input
      type="checkbox"
      className="lk-choice"
      aria-label={label}
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = indeterminate;
      }}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
