import { isProviderAddress } from "#domain/provider-terms.ts";

const bytesAtMost = 262_144;

/** What libraries pass to `fetch`; they set the time limit. */
type Options = { readonly [K in "method" | "headers" | "body" | "signal"]?: Init[K] | undefined };
type Init = NonNullable<Parameters<typeof fetch>[1]>;

/**
 * The one way out to providers: only where an operator's provider may be, never on to where an answer points, and no
 * more of an answer than there can be to say.
 */
export async function boundedFetch(
  url: string,
  { method = "GET", headers: sent = {}, body = null, signal = null }: Options,
): Promise<Response> {
  if (!isProviderAddress(url)) throw new Error(`${url} is neither https nor on this machine`);
  const response = await fetch(url, { method, headers: sent, body, signal, redirect: "manual" });
  const { status, statusText, headers } = response;
  const bytes = await bytesOf(response);
  return new Response(bytes.length > 0 ? bytes : null, { status, statusText, headers });
}

async function bytesOf({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const parts: AsyncIterable<Uint8Array> | undefined = body ?? undefined;
  if (!parts) return Buffer.of();
  for await (const part of parts) {
    length += part.length;
    if (length > bytesAtMost) throw new Error(`the answer is longer than ${bytesAtMost} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}
