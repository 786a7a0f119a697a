import { memo, type ReactNode } from "react";

/** `memo` for a component whose type has a parameter. */
export function memoized<P extends object>(component: (props: P) => ReactNode): (props: P) => ReactNode {
  return memo(component);
}
