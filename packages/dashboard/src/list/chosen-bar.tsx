import type { ReactNode } from "react";
import { Button } from "@mantine/core";
import { texts } from "#texts/texts.ts";
import type { Selection } from "./use-selection.ts";

interface Props {
  readonly selection: Selection;
  readonly children: ReactNode;
}

/** What can be done with the chosen rows; absent while none is. */
export function ChosenBar({ selection, children }: Props) {
  if (selection.ids.size === 0) return null;
  return (
    <div className="lk-list-chosen" role="toolbar" aria-label={texts.general.list.chosen(selection.ids.size)}>
      <strong>{texts.general.list.chosen(selection.ids.size)}</strong>
      {children}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={selection.clear}>
        {texts.general.list.clearChosen}
      </Button>
    </div>
  );
}
