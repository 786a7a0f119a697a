import type { EventName, events } from "@latchkey/protocol";
import { eventTypes, outputOf } from "@latchkey/protocol";

type ContentOf<N extends EventName> = (typeof events)[N] extends {
  readonly content: readonly (infer F extends string)[];
}
  ? { readonly [K in F]?: string }
  : { readonly [name: string]: never };

type KnownEvent<N extends EventName> = {
  readonly name: N;
  readonly type: (typeof eventTypes)[N];
  /** Texts, as they came: levels are separated by commas, instants are Unix seconds. */
  readonly content: ContentOf<N>;
};

/** An event of a newer server: all there is to know of it is its number and what came with it. */
interface UnknownEvent {
  readonly name: undefined;
  readonly type: number;
  readonly content: Readonly<Record<string, string>>;
}

/** Something that happened to the session, its license, its account or its application; told apart by `name`. */
export type PanelEvent = { [N in EventName]: KnownEvent<N> }[EventName] | UnknownEvent;

/** Names an event and the fields of its content. The content is not checked: its fields are optional for that reason. */
export function panelEvent(type: number, content: Readonly<Record<string, string>>): PanelEvent {
  const name = Object.entries(eventTypes).find(([, number]) => number === type)?.[0];
  return { name, type, content: outputOf(content) } as PanelEvent;
}
