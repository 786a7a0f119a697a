import * as v from "valibot";
import { operation } from "../operation.ts";
import { pageBy, paged, search } from "../page.ts";
import { count, text } from "../text.ts";

const checksum = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A file as the operator sees it; instants in ms. */
const fileShape = v.object({
  name: text,
  /** SHA-256 of the whole file, in hex. */
  checksum,
  size: count,
  createdAt: count,
  transferCount: count,
  lastTransferredAt: v.exactOptional(count),
});

export const file = {
  /** A link to the file that works for as long as the authorization it was made for, and has to be used soon. */
  createFileDownloadUrl: operation({
    type: 7,
    gate: "auth",
    input: v.object({
      filename: text,
      // Any integer: one that no file has is an answer, and no mistake in the form of the request.
      resumeAt: v.exactOptional(v.pipe(v.number(), v.integer())),
    }),
    output: v.object({ presignedUrl: text, fileSize: count, fileChecksum: checksum }),
    refuses: ["notAuthorized", "fileNotFound", "fileNameInvalid", "fileResumeOffsetInvalid"],
  }),

  getFileMetadata: operation({
    type: 9,
    gate: "init",
    input: v.object({ filename: text }),
    output: v.object({
      checksum,
      size: count,
      transferCount: count,
      /** Unix seconds; absent: never. */
      lastTransferredAt: v.exactOptional(count),
    }),
    refuses: ["fileNotFound", "fileNameInvalid"],
  }),

  /**
   * Takes a file's content, which must be what its checksum and size say. What had the name before is replaced, and is
   * another file; the same content again changes nothing.
   */
  addFile: operation({
    route: "PUT /manage/v1/applications/{applicationId}/files/{name}",
    gate: "files:upload",
    input: v.object({
      applicationId: text,
      name: text,
      checksum,
      size: count,
      content: v.custom<AsyncIterable<Uint8Array>>(isAsyncIterable),
    }),
    output: v.object({ file: fileShape }),
    refuses: [
      "applicationNotFound",
      "fileNameInvalid",
      "fileTooLarge",
      "fileContentMismatch",
      "fileStorageFull",
      "storageQuotaReached",
    ],
  }),

  listFiles: operation({
    route: "GET /manage/v1/applications/{applicationId}/files",
    gate: "files:read",
    input: v.object({
      applicationId: text,
      /** In the name. */
      search,
      ...pageBy(["name", "created"]),
    }),
    output: v.object({ files: v.array(fileShape), ...paged }),
    refuses: ["applicationNotFound", "cursorInvalid"],
  }),

  /** Links to it lead nowhere from now on; downloads that run may come to their end. */
  deleteFile: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/files/{name}",
    gate: "files:delete",
    input: v.object({ applicationId: text, name: text }),
    output: v.object({}),
    refuses: ["fileNotFound"],
  }),
};

function isAsyncIterable(value: unknown): boolean {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
