import type { TransportErrorCode } from "../errors.ts";
import { TransportError } from "../errors.ts";
import { Account } from "../results/account.ts";
import { AccountSessions } from "../results/account-sessions.ts";
import { Application } from "../results/application.ts";
import { EndedSessions } from "../results/ended-sessions.ts";
import { FileDownload } from "../results/file-download.ts";
import { FileMetadata } from "../results/file-metadata.ts";
import { License } from "../results/license.ts";
import { OnlineUsersCount } from "../results/online-users-count.ts";
import { Result } from "../results/result.ts";
import { RetryableStatus } from "../results/retryable-status.ts";
import { SessionValue } from "../results/session-value.ts";
import { Variable } from "../results/variable.ts";
import { UserServiceFault } from "../user-service-fault.ts";

/** The outcome of a call on its way between two threads, where objects lose their classes. */
export type Parcel =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "result"; readonly name: string; readonly fields: object }
  | {
      readonly kind: "fault";
      readonly code: number;
      readonly message: string;
      readonly errorData: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: "transportError";
      readonly code: TransportErrorCode;
      readonly message: string;
      readonly closeCode: number | undefined;
      readonly reason: string;
    };

const prototypes = new Map<string, object>(
  [
    Account,
    AccountSessions,
    Application,
    EndedSessions,
    FileDownload,
    FileMetadata,
    License,
    OnlineUsersCount,
    RetryableStatus,
    SessionValue,
    Variable,
  ].map(({ name, prototype }) => [name, prototype]),
);

export function packResult(result: unknown): Parcel {
  if (!(result instanceof Result)) return { kind: "value", value: result };
  return { kind: "result", name: result.constructor.name, fields: Object.fromEntries(Object.entries(result)) };
}

export function packError(error: TransportError | UserServiceFault): Parcel {
  const { message } = error;
  if (error instanceof UserServiceFault)
    return { kind: "fault", code: error.code, message, errorData: error.errorData };
  return { kind: "transportError", code: error.code, message, closeCode: error.closeCode, reason: error.reason };
}

/** Returns the result, or throws the error: a new one, so that its stack is that of the blocking call. */
export function unpack(parcel: Parcel): unknown {
  switch (parcel.kind) {
    case "value":
      return parcel.value;
    case "fault":
      throw new UserServiceFault(parcel.code, parcel.message, parcel);
    case "transportError":
      throw new TransportError(parcel.code, parcel.message, parcel);
    case "result":
      // The fields have been read already: a constructor would look for them under the names of the wire.
      return Object.setPrototypeOf(parcel.fields, prototypes.get(parcel.name) ?? null);
  }
}
