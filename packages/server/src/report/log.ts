/** Structured events; never with a password, token, key or mail address. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** One JSON object a line. */
export function lineLog(write: (line: string) => void, now: () => number): Log {
  const line = (level: string) => (event: string, fields?: Readonly<Record<string, unknown>>) => {
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  };
  return { info: line("info"), error: line("error") };
}

/** An error with its causes as text, for the log only: no client ever sees it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
