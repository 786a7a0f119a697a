import { useState } from "react";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** All that the filters leave, on every page. */
  readonly isEverything: boolean;
  readonly set: (ids: readonly string[], isChosen: boolean) => void;
  readonly setEverything: () => void;
  readonly clear: () => void;
}

interface Chosen {
  readonly about: string;
  readonly ids: ReadonlySet<string>;
  readonly isEverything: boolean;
}

/** Which rows are chosen, across pages. `about` says of which list; another list begins without any. */
export function useSelection(about: string): Selection {
  const none: Chosen = { about, ids: new Set(), isEverything: false };
  const [chosen, setChosen] = useState(none);
  const { ids, isEverything } = chosen.about === about ? chosen : none;
  return {
    ids,
    isEverything,
    set: (changed, isChosen) => {
      const next = new Set(ids);
      for (const id of changed) {
        if (isChosen) next.add(id);
        else next.delete(id);
      }
      setChosen({ about, ids: next, isEverything: false });
    },
    setEverything: () => setChosen({ about, ids, isEverything: true }),
    clear: () => setChosen(none),
  };
}
