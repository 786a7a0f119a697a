import type { TransportError } from "@latchkey/client";
import { StatusError, statusName } from "@latchkey/client";

export function printStatus(context: string, status: number): void {
  console.log(`${context}: ${status} (${statusName(status)})`);
}

/** What went wrong, its code, and which kind of code that is. */
export function printError(context: string, error: TransportError | StatusError): void {
  const code = error instanceof StatusError ? `${error.status} : status` : `${error.code} : transport`;
  console.log(`${context}: ${error.message} (${code})`);
}
