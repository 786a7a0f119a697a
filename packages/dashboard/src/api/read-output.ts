import type { OutputOf, RoutedName } from "@latchkey/protocol";

/** What the server answers is what its schemas say: they are the ones this type is made of. */
export function readOutput<N extends RoutedName>(text: string): OutputOf<N> {
  return JSON.parse(text) as OutputOf<N>;
}
