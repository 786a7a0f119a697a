import type { TransportErrorCode } from "../errors.ts";
import { TransportError } from "../errors.ts";
import { Account } from "../results/account.ts";
import { Application } from "../results/application.ts";
import type { Fields } from "../results/fields.ts";
import { numberIn } from "../results/fields.ts";
import { License } from "../results/license.ts";
import { RetryableStatus } from "../results/retryable-status.ts";
import { UserServiceFault } from "../user-service-fault.ts";

/** The outcome of a call on its way between two threads, where objects lose their classes. */
export type Parcel =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: ResultKind; readonly fields: Fields }
  | { readonly kind: "fault"; readonly code: number; readonly message: string }
  | {
      readonly kind: "transportError";
      readonly code: TransportErrorCode;
      readonly message: string;
      readonly closeCode: number | undefined;
      readonly reason: string;
    };

type ResultKind = "application" | "license" | "account" | "retryableStatus";

export function packResult(result: unknown): Parcel {
  if (result instanceof Application) return { kind: "application", fields: fieldsOf(result) };
  if (result instanceof License) return { kind: "license", fields: fieldsOf(result) };
  if (result instanceof Account) return { kind: "account", fields: fieldsOf(result) };
  if (result instanceof RetryableStatus) return { kind: "retryableStatus", fields: fieldsOf(result) };
  return { kind: "value", value: result };
}

function fieldsOf(result: object): Fields {
  return Object.fromEntries(Object.entries(result));
}

export function packError(error: TransportError | UserServiceFault): Parcel {
  const { message } = error;
  if (error instanceof UserServiceFault) return { kind: "fault", code: error.code, message };
  return { kind: "transportError", code: error.code, message, closeCode: error.closeCode, reason: error.reason };
}

/** Returns the result, or throws the error: a new one, so that its stack is that of the blocking call. */
export function unpack(parcel: Parcel): unknown {
  switch (parcel.kind) {
    case "value":
      return parcel.value;
    case "fault":
      throw new UserServiceFault(parcel.code, parcel.message);
    case "transportError":
      throw new TransportError(parcel.code, parcel.message, parcel);
    default:
      return revived(parcel.kind, parcel.fields);
  }
}

function revived(kind: ResultKind, fields: Fields) {
  const status = numberIn(fields, "status");
  switch (kind) {
    case "application":
      return new Application(status, { appName: fields["name"], appVersion: fields["version"] });
    case "license":
      return new License(status, fields);
    case "account":
      return new Account(status, fields);
    case "retryableStatus":
      return new RetryableStatus(status, fields);
  }
}
