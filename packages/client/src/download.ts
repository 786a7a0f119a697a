import { Status, Sha256 } from "@latchkey/protocol";
import type { DownloadOptions } from "./calls.ts";
import type { Clock } from "./clock.ts";
import { TransportError, aborted } from "./errors.ts";
import type { Answer } from "./line.ts";
import type { Terms } from "./pending-calls.ts";
import { numberIn, textIn } from "./results/fields.ts";
import { FileDownload } from "./results/file-download.ts";

export interface DownloadSource {
  /** Asks the server for a link to the file from this byte on. */
  readonly link: (resumeAt: number) => Promise<Answer>;
  readonly clock: Clock;
  /** Nothing may come for this long, and the signal ends the whole. */
  readonly terms: Terms;
}

/** So many attempts in a row that bring nothing, and there is no other. */
const fruitlessAtMost = 3;

/** Fetches a file, going on from where it broke off under a new link as often as it takes, and verifies it. */
export async function download(source: DownloadSource, options: DownloadOptions): Promise<FileDownload> {
  const { resumeAt = 0, onProgress, to } = options;
  const hash = new Sha256();
  const chunks: Uint8Array[] = [];
  const writer = to?.getWriter();
  let at = resumeAt;
  let checksum: string | undefined;
  try {
    for (let fruitless = 0; fruitless < fruitlessAtMost;) {
      const { status, output } = await source.link(at);
      if (status !== Status.Ok) return new FileDownload(status, output);
      const size = numberIn(output, "fileSize");
      // Under another checksum it is another file by now: what came of the first does not go with it.
      checksum ??= textIn(output, "fileChecksum");
      if (checksum !== textIn(output, "fileChecksum")) return new FileDownload(Status.FileChecksumMismatch, output);
      const before = at;
      for await (const chunk of received(source, textIn(output, "presignedUrl"))) {
        hash.update(chunk);
        if (writer) await writer.write(chunk);
        else chunks.push(chunk);
        at += chunk.length;
        onProgress?.(at, size);
      }
      if (at > size || (at === size && resumeAt === 0 && hash.digest() !== checksum))
        return new FileDownload(Status.FileChecksumMismatch, output);
      if (at === size) {
        await writer?.close();
        return new FileDownload(status, output, joined(chunks));
      }
      fruitless = at > before ? 0 : fruitless + 1;
    }
    throw new TransportError("download_failed", `the link to the file brings nothing after byte ${at}`);
  } finally {
    // Has no effect on one that is closed; any other must not look whole.
    await writer?.abort().catch(() => undefined);
  }
}

/** What comes from a link until its end, or until it breaks off. */
async function* received({ clock, terms }: DownloadSource, url: string): AsyncGenerator<Uint8Array> {
  const { timeoutMs, signal } = terms;
  const stalled = new AbortController();
  let clearTimer = clock.after(timeoutMs, () => stalled.abort());
  const abort = () => stalled.abort();
  signal?.addEventListener("abort", abort);
  try {
    const response = await fetch(url, { signal: stalled.signal });
    const reader = response.ok ? response.body?.getReader() : undefined;
    for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
      clearTimer();
      yield read.value;
      clearTimer = clock.after(timeoutMs, () => stalled.abort());
    }
  } catch {
    // It broke off: what came is good, and the rest comes from the next link.
    if (signal?.aborted) throw aborted(signal);
  } finally {
    clearTimer();
    signal?.removeEventListener("abort", abort);
    stalled.abort();
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
