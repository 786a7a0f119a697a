import { statusName, TransportError, UserServiceFault } from "@latchkey/client";
import { faults } from "@latchkey/protocol";

/** What a call came to: a status, a fault's code or a close code, with its name. A success of the user service has none. */
export interface Outcome {
  readonly number?: number;
  readonly name: string;
}

/** Makes the call. Refusals, faults and closed connections are outcomes; anything else is a bug and is thrown on. */
export async function outcomeOf(call: () => unknown): Promise<Outcome> {
  try {
    const status = statusIn(await call());
    return status === undefined ? { name: "ok" } : { number: status, name: statusName(status) };
  } catch (error) {
    if (error instanceof UserServiceFault) return { number: error.code, name: faultName(error.code) };
    if (!(error instanceof TransportError)) throw error;
    if (error.closeCode === undefined) return { name: error.code };
    return { number: error.closeCode, name: `closed: ${error.reason}` };
  }
}

function statusIn(answer: unknown): number | undefined {
  if (typeof answer === "number") return answer;
  if (typeof answer !== "object" || answer === null || !("status" in answer)) return undefined;
  return typeof answer.status === "number" ? answer.status : undefined;
}

function faultName(faultCode: number): string {
  const found = Object.entries(faults).find(([, { code }]) => code === faultCode);
  return found ? found[0].replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : "unknown";
}
