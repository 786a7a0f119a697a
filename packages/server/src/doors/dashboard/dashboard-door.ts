import type { IncomingMessage, ServerResponse } from "node:http";
import type { DashboardFiles } from "./dashboard-files.ts";
import { type Encoding, encodings, ServedFile } from "./served-file.ts";

/**
 * MG-DASH-2. Styles come from files alone: the library of components gets its theme as a style sheet, and what it sets
 * on single elements it sets through their objects, which no policy for text in a page concerns.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const safety = {
  "Content-Security-Policy": policy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

const page = "/index.html";

/** Hands out the files of the dashboard. It knows nobody: whoever may do what is settled where the page asks for it. */
export class DashboardDoor {
  readonly #files: ReadonlyMap<string, ServedFile>;

  constructor(files: DashboardFiles = new Map()) {
    this.#files = new Map([...files].map(([path, content]) => [`/${path}`, new ServedFile(path, content)]));
  }

  /** `/` is the dashboard for a browser that goes there; programs ask it where they are (LP-CONN-10). */
  owns(request: IncomingMessage, path: string): boolean {
    if (path !== "/") return path.startsWith("/assets/") && this.#files.has(path);
    const isRead = request.method === "GET" || request.method === "HEAD";
    return isRead && this.#files.has(page) && /\btext\/html\b/i.test(request.headers.accept ?? "");
  }

  answer(request: IncomingMessage, response: ServerResponse, path: string): void {
    const file = this.#files.get(path === "/" ? page : path);
    if (!file) response.writeHead(404).end();
    else if (request.method !== "GET" && request.method !== "HEAD")
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
    else void this.#hand(file, path === "/", request, response);
  }

  async #hand(file: ServedFile, isPage: boolean, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = {
      ...safety,
      // The name of an asset has its content's hash in it, so what a browser has stays right; the page names them.
      "Cache-Control": isPage ? "no-store" : "public, max-age=31536000, immutable",
      ETag: file.tag,
      Vary: isPage ? "Accept, Accept-Encoding" : "Accept-Encoding",
    };
    if (!isPage && namesTag(request.headers["if-none-match"], file.tag)) {
      response.writeHead(304, headers).end();
      return;
    }
    const encoding = file.isText ? wantedEncoding(request) : undefined;
    const content = encoding ? await file.in(encoding) : file.content;
    response.writeHead(200, {
      ...headers,
      "Content-Type": file.type,
      "Content-Length": content.length,
      ...(encoding && { "Content-Encoding": encoding }),
    });
    // Node leaves the body out where the method is HEAD.
    response.end(content);
  }
}

function namesTag(header: string | undefined, tag: string): boolean {
  return (header ?? "").split(",").some((each) => each.trim().replace(/^W\//, "") === tag);
}

function wantedEncoding(request: IncomingMessage): Encoding | undefined {
  const accepted = (request.headers["accept-encoding"] ?? "").split(",");
  const wanted = new Set(
    accepted.filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each)).map((each) => each.split(";")[0]?.trim()),
  );
  return encodings.find((encoding) => wanted.has(encoding));
}
