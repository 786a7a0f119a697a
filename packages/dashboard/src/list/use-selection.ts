import { useCallback, useMemo, useState } from "react";

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

const nothing: ReadonlySet<string> = new Set();

/** Which rows are chosen, across pages. `about` says of which list; another list begins without any. */
export function useSelection(about: string): Selection {
  const none = useMemo<Chosen>(() => ({ about, ids: nothing, isEverything: false }), [about]);
  const [kept, setKept] = useState(none);
  const { ids, isEverything } = kept.about === about ? kept : none;
  // Its functions stay the same, so that rows are not drawn again because of them.
  const set = useCallback(
    (changed: readonly string[], isChosen: boolean) =>
      setKept((before) => {
        const of = new Set(changed);
        const held = before.about === about ? before.ids : nothing;
        return { about, ids: isChosen ? held.union(of) : held.difference(of), isEverything: false };
      }),
    [about],
  );
  const setEverything = useCallback(() => setKept((before) => ({ ...before, isEverything: true })), []);
  const clear = useCallback(() => setKept(none), [none]);
  return useMemo(
    () => ({ ids, isEverything, set, setEverything, clear }),
    [ids, isEverything, set, setEverything, clear],
  );
}
