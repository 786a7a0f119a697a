import { isProviderAddress } from "#domain/provider-terms.ts";

const bytesAtMost = 262_144;

/** What libraries may pass to `fetch`; they set the time limit. */
interface Options {
  readonly method?: string;
  readonly headers?: HeadersInit;
  readonly body?: BodyInit | null | undefined;
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * The one way out to providers: only where an operator's provider may be, never on to where an answer points, and no
 * more of an answer than there can be to say.
 */
export async function boundedFetch(url: string, { method, headers, body, signal }: Options): Promise<Response> {
  if (!isProviderAddress(url)) throw new Error(`${url} is neither https nor on this machine`);
  const response = await fetch(url, {
    ...(method !== undefined && { method }),
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
    redirect: "manual",
  });
  const { status, statusText } = response;
  const bytes = await bytesOf(response);
  return new Response(bytes.length > 0 ? bytes : null, { status, statusText, headers: response.headers });
}

async function bytesOf({ body }: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > bytesAtMost) throw new Error(`the answer is longer than ${bytesAtMost} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
