import type { IncomingMessage, ServerResponse } from "node:http";
import { faults } from "@latchkey/protocol";
import { currentRequestId, requestIdHeader } from "#report/request-context.ts";
import { isTooLong, type KeyedAddress } from "../address.ts";
import { readBody } from "#doors/read-body.ts";
import { bodyBytesAtMost } from "../body.ts";
import { type SaidFault, say } from "../say.ts";
import type { UserCalls } from "../user-calls.ts";
import { type AmfRequest, readRequest, writeFault, writeResult } from "./message.ts";
import { type AmfOperation, operationOf } from "./operations.ts";

interface Reply {
  readonly message: Buffer;
  readonly retryAfter?: number | undefined;
}

/** The user service as the Java SDK speaks it: one path, one message there and one back, and HTTP says 200 to all (US-AMF-30). */
export class AmfDoor {
  readonly #calls: UserCalls;

  constructor(calls: UserCalls) {
    this.#calls = calls;
  }

  answer(
    request: IncomingMessage,
    response: ServerResponse,
    keyed: KeyedAddress | undefined,
    clientAddress: string,
  ): void {
    void this.#calls
      .attempt(undefined, () => this.#reply(request, keyed, clientAddress))
      .then((reply) => {
        const { message, retryAfter } = "said" in reply ? fault(reply) : reply;
        response.writeHead(200, {
          "Content-Type": "application/x-amf",
          "Content-Length": message.length,
          "Cache-Control": "no-store",
          [requestIdHeader]: currentRequestId(),
          ...(retryAfter !== undefined && { "Retry-After": retryAfter }),
          // What is left of a body that was too large is not read.
          ...(!request.complete && { Connection: "close" }),
        });
        response.end(message);
      });
  }

  /** Size, envelope and operation come before everything else (US-ERR-7). */
  async #reply(request: IncomingMessage, keyed: KeyedAddress | undefined, clientAddress: string): Promise<Reply> {
    const body = isTooLong(request) ? "tooLarge" : await readBody(request, bodyBytesAtMost);
    if (body === "tooLarge") return fault(say(faults.requestTooLarge));
    const asked = body === "gone" ? undefined : readRequest(body);
    if (!asked) return fault(say(faults.malformedRequest));
    const operation = operationOf(asked);
    if (!operation) return fault(say(faults.routeUnknown));
    const host = request.headers.host;
    const reply = await this.#calls.attempt(operation.call, () =>
      this.#replyTo(asked, operation, { keyed, host, clientAddress }),
    );
    return "said" in reply ? fault(reply) : reply;
  }

  async #replyTo(
    { token, values }: AmfRequest,
    operation: AmfOperation,
    { keyed, host, clientAddress: address }: From,
  ): Promise<Reply> {
    const application = await this.#calls.identify(operation.call, keyed, host);
    if ("said" in application) return fault(application);
    const answer = await operation.answer(this.#calls, { application, address, token, values });
    return "said" in answer ? fault(answer) : { message: writeResult(answer.body) };
  }
}

interface From {
  readonly keyed: KeyedAddress | undefined;
  readonly host: string | undefined;
  readonly clientAddress: string;
}

function fault({ said, retryAfter }: SaidFault): Reply {
  return { message: writeFault(said), retryAfter };
}
