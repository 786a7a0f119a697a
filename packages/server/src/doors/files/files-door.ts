import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { ServerResources } from "#context.ts";
import { type Download, endTransfer, findDownload } from "#download.ts";
import type { Gate } from "#gate.ts";
import { disposition } from "./disposition.ts";
import { type Problem, problems } from "./problems.ts";
import { selectionOf } from "./selection.ts";

/** In front of every path of this door. */
const prefix = "/files/";

/** A reader that takes nothing for so long is dropped. */
const stalledMs = 120_000;

/** The response has been dealt with, whatever came of it. */
const answered = "answered";
type Answered = typeof answered;

/** For pages of any origin: the link alone says what may be done. */
const crossOrigin = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers":
    "accept-ranges, content-disposition, content-length, content-range, etag, retry-after",
};

/** What is downloaded is nobody's page. */
const safety = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "sandbox",
  "Cache-Control": "private, no-store",
};

const preflight = {
  ...crossOrigin,
  "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
  "Access-Control-Allow-Headers": "range, if-range, if-match, if-none-match",
  "Access-Control-Max-Age": "86400",
};

/** Serves files by the links that `create_file_download_url` answers with. */
export class FilesDoor {
  readonly #resources: ServerResources;
  readonly #gate: Gate;

  constructor(resources: ServerResources, gate: Gate) {
    this.#resources = resources;
    this.#gate = gate;
  }

  owns(path: string): boolean {
    return path.startsWith(prefix);
  }

  answer(request: IncomingMessage, response: ServerResponse, path: string): void {
    const { method = "" } = request;
    if (method === "OPTIONS") {
      response.writeHead(204, preflight).end();
      return;
    }
    if (method !== "GET" && method !== "HEAD") {
      refuse(response, problems.methodNotAllowed, { Allow: "GET, HEAD, OPTIONS" });
      return;
    }
    void this.#gate
      .attempt("download", () => this.#serve(request, response, path.slice(prefix.length)))
      .then((outcome) => {
        if (outcome === answered) return;
        if (response.headersSent) response.destroy();
        else refuse(response, { ...problems.failed, requestId: outcome.requestId });
      });
  }

  async #serve(request: IncomingMessage, response: ServerResponse, sealed: string): Promise<Answered> {
    const { downloadLinks, downloads } = this.#resources;
    const claim = downloadLinks.read(sealed);
    if (!claim) return refuse(response, problems.linkInvalid);
    // Before the check: an authorization that ends from here on takes the download with it.
    using place = downloads.begin(claim.authorization, () => response.destroy());
    if (!place) return refuse(response, problems.tooManyDownloads, { "Retry-After": "10" });
    const found = await findDownload(this.#resources, claim);
    if ("refused" in found) return refuse(response, problems[found.refused]);
    // Awaited: the place is given back when it is over.
    return await this.#send(request, response, found.download);
  }

  async #send(request: IncomingMessage, response: ServerResponse, download: Download): Promise<Answered> {
    const { method = "", headers } = request;
    const { file, offset } = download;
    const length = file.size - offset;
    // A link that begins in the middle leads to something else than the whole file.
    const etag = offset === 0 ? `"${file.checksum}"` : `"${file.checksum}-${offset}"`;
    const about = { ETag: etag, "Accept-Ranges": "bytes" };
    const selection = selectionOf({ method, headers }, { etag, length });
    switch (selection.kind) {
      case "preconditionFailed":
        return refuse(response, problems.preconditionFailed, about);
      case "unsatisfiable":
        return refuse(response, problems.rangeUnsatisfiable, { ...about, "Content-Range": `bytes */${length}` });
      case "notModified":
        response.writeHead(304, { ...crossOrigin, ...safety, ...about }).end();
        return answered;
      case "part":
      case "whole":
    }
    const { from, to } = selection.kind === "part" ? selection : { from: 0, to: length - 1 };
    const isEmpty = method === "HEAD" || to < from;
    const range = { from: offset + from, to: offset + to };
    const body = isEmpty ? undefined : await this.#resources.fileStore.read({ ...file, id: file.contentId }, range);
    if (response.destroyed) {
      body?.destroy();
      return answered;
    }
    response.writeHead(selection.kind === "part" ? 206 : 200, {
      ...crossOrigin,
      ...safety,
      ...about,
      "Content-Type": "application/octet-stream",
      "Content-Disposition": disposition(file.name),
      "Content-Length": to - from + 1,
      ...(selection.kind === "part" && { "Content-Range": `bytes ${from}-${to}/${length}` }),
    });
    if (!body) response.end();
    else if (!(await this.#pour(body, response))) return answered;
    const isTransfer = method === "GET" && range.to === file.size - 1 && (body !== undefined || file.size === 0);
    if (isTransfer) await endTransfer(this.#resources, download);
    return answered;
  }

  /** `false`: the connection ended before the content did. */
  async #pour(body: NodeJS.ReadableStream, response: ServerResponse): Promise<boolean> {
    let written = 0;
    const watch = this.#resources.clock.every(stalledMs, () => {
      const { bytesWritten = 0 } = response.socket ?? {};
      if (bytesWritten === written) response.destroy();
      written = bytesWritten;
    });
    try {
      await pipeline(body, response);
      return true;
    } catch (error) {
      if (isHangUp(error)) return false;
      throw error;
    } finally {
      watch.cancel();
    }
  }
}

function refuse(response: ServerResponse, problem: Problem, headers: Readonly<Record<string, string>> = {}): Answered {
  const body = JSON.stringify({ type: "about:blank", ...problem });
  response.writeHead(problem.status, {
    ...crossOrigin,
    ...safety,
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(body),
    ...headers,
  });
  // Node leaves the body out where the method is HEAD.
  response.end(body);
  return answered;
}

function isHangUp(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}
