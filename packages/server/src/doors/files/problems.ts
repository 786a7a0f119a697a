import type { DownloadRefusal } from "#download.ts";

/** Why there is no download, in the shape of RFC 9457; a program goes by `code`. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId?: string;
}

export const problems = {
  linkInvalid: { status: 403, code: "link_invalid", title: "This link was not made by this server." },
  linkExpired: { status: 403, code: "link_expired", title: "This link has expired: ask for another one." },
  notAuthorized: { status: 403, code: "not_authorized", title: "The authorization of this link has ended." },
  fileNotFound: { status: 404, code: "file_not_found", title: "The file was deleted or replaced." },
  methodNotAllowed: { status: 405, code: "method_not_allowed", title: "Files can be read and nothing else." },
  preconditionFailed: { status: 412, code: "precondition_failed", title: "The file is not the one that was meant." },
  rangeUnsatisfiable: { status: 416, code: "range_unsatisfiable", title: "The file ends before this range begins." },
  tooManyDownloads: {
    status: 429,
    code: "too_many_downloads",
    title: "Too many downloads run for this authorization.",
  },
  failed: { status: 500, code: "internal_server_error", title: "The download failed; the log says why." },
} as const satisfies Record<DownloadRefusal, Problem> & Record<string, Problem>;
