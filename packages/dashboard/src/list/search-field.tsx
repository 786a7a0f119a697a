import { useRef } from "react";
import { CloseButton, Kbd, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import { useTyped } from "./use-typed.ts";

interface Props {
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
}

/** Searches while one types; `/` leads here from anywhere on the page. */
export function SearchField({ value, placeholder, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, change] = useTyped(value, onChange);
  useHotkeys([["/", () => field.current?.focus()]]);
  return (
    <TextInput
      ref={field}
      className="lk-list-search"
      type="search"
      aria-label={placeholder}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed === "" ? (
          <Kbd size="xs" title={texts.general.list.searchHint}>
            /
          </Kbd>
        ) : (
          <CloseButton size="sm" aria-label={texts.general.list.clearFilters} onClick={() => change("")} />
        )
      }
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        if (typed === "") field.current?.blur();
        else change("");
      }}
    />
  );
}
