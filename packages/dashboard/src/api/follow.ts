import type { OutputOf, RoutedName } from "@latchkey/protocol";
import { readOutput } from "./read-output.ts";

const tryAgainMs = 5_000;

export interface Follower<N extends RoutedName> {
  readonly onChanged: (output: OutputOf<N>) => void;
  readonly onLive: (isLive: boolean) => void;
  /** It is gone, or may not be seen any more. */
  readonly onEnd: () => void;
}

/** Follows what is answered under a path (MG-STREAM-1) until the function that is returned is called. */
export function follow<N extends RoutedName>(path: string, follower: Follower<N>): () => void {
  let timer: number | undefined;
  let source = open();

  function open(): EventSource {
    const opened = new EventSource(path);
    opened.addEventListener("changed", ({ data }: MessageEvent<string>) => {
      follower.onLive(true);
      follower.onChanged(readOutput<N>(data));
    });
    opened.addEventListener("end", () => {
      opened.close();
      follower.onEnd();
    });
    opened.onerror = () => {
      follower.onLive(false);
      // A connection that is lost is made again by the browser; an answer that is a refusal ends its attempts.
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(() => {
        source = open();
      }, tryAgainMs);
    };
    return opened;
  }

  return () => {
    clearTimeout(timer);
    source.close();
  };
}
