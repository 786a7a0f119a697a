/** What a command came to. */
export const ExitCode = { done: 0, failed: 1, wrongUsage: 2 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Why a command was not carried out, one clear line for each reason. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly messages: readonly string[];
}

export function failed(...messages: readonly string[]): Failure {
  return { exitCode: ExitCode.failed, messages };
}

export function wrongUsage(message: string): Failure {
  return { exitCode: ExitCode.wrongUsage, messages: [message] };
}
