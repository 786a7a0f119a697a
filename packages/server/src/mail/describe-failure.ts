/**
 * What the log may know of a mail that was not taken. What a server says may repeat the address or the mail itself, so
 * of its answer only the number is told (US-SEC-9).
 */
export function describeFailure(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return {};
  const { code, command, responseCode }: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(error));
  const isAnswer = responseCode !== undefined;
  return { code, command, responseCode, ...(!isAnswer && { error: error.message.replace(/\S+@\S+/g, "***") }) };
}
