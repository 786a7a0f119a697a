import type { Log } from "@latchkey/server";
import { ExitCode } from "./failure.ts";

const signals = ["SIGTERM", "SIGINT"] as const;
const graceMs = 10_000;

export interface StopSignal extends Disposable {
  /** Resolves at the first signal to stop. */
  readonly received: Promise<void>;
}

/** Listens for signals to stop. What takes longer than the grace period, or a second signal, ends the process by force. */
export function stopSignal(log: Log): StopSignal {
  const received = Promise.withResolvers<void>();
  let deadline: NodeJS.Timeout | undefined;
  const force = (reason: string) => {
    log.error("stopped by force", { reason });
    process.exit(ExitCode.failed);
  };
  const stop = (signal: string) => {
    if (deadline) force(`a second signal: ${signal}`);
    log.info("stopping", { signal });
    deadline = setTimeout(() => force(`not done after ${graceMs} ms`), graceMs);
    received.resolve();
  };
  for (const signal of signals) process.on(signal, stop);
  return {
    received: received.promise,
    [Symbol.dispose]() {
      clearTimeout(deadline);
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
