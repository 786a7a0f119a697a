import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

/** A message as its receiver sees it. */
export interface ReceivedMessage {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** A program of a vendor's that is told by webhooks. */
export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly ReceivedMessage[];
  /** Answers what comes from now on; 204 unless something else is set. */
  answer: (response: ServerResponse, message: ReceivedMessage) => void;
}

export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedMessage[] = [];
  const receiver: Pick<WebhookReceiver, "answer"> = { answer: (response) => response.writeHead(204).end() };
  const listener: RequestListener = (request, response) => {
    void (async () => {
      const text = Buffer.concat(await request.toArray()).toString();
      const message = { headers: request.headers, text, body: JSON.parse(text) };
      received.push(message);
      receiver.answer(response, message);
    })();
  };
  const server = createServer(listener).listen(port, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Whether an implementation of Standard Webhooks that is not ours takes the message for one of who has the secret. */
export function isSignedBy(secret: string, { text, headers }: ReceivedMessage): boolean {
  const signed = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [name, String(headers[name])]);
  try {
    new Webhook(secret).verify(text, Object.fromEntries(signed));
    return true;
  } catch {
    return false;
  }
}
