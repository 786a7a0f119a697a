import { requestOf } from "@latchkey/protocol";
import { ProblemError } from "#api/problem-error.ts";

export interface Sending {
  readonly applicationId: string;
  readonly name: string;
  readonly file: Blob;
  readonly checksum: string;
  readonly signal: AbortSignal;
  /** How many bytes have left. */
  readonly onSent: (bytes: number) => void;
}

/** Uploads a file. By XMLHttpRequest, as `fetch` does not tell how far it is. */
export function sendFile({ applicationId, name, file, checksum, signal, onSent }: Sending): Promise<void> {
  // A file has one address, whatever is done there.
  const { path } = requestOf("deleteFile", { applicationId, name });
  const query = new URLSearchParams({ checksum, size: String(file.size) });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  request.open("PUT", `${path}?${query.toString()}`);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.onprogress = ({ loaded }) => onSent(loaded);
  request.onload = () => {
    if (request.status < 300) resolve();
    else void problemIn(request).then(reject);
  };
  request.onerror = () => reject(ProblemError.unreachable());
  request.onabort = () => reject(signal.reason);
  signal.addEventListener("abort", () => request.abort(), { once: true });
  request.send(file);
  return promise;
}

function problemIn({ responseText, status, statusText }: XMLHttpRequest): Promise<ProblemError> {
  return ProblemError.of(new Response(responseText, { status, statusText }));
}
