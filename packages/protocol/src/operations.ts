import type * as v from "valibot";
import type { Gate, Operation } from "./operation.ts";
import type { Refusal } from "./refusals.ts";
import { account } from "./operations/account.ts";
import { accountTransfer } from "./operations/account-transfer.ts";
import { accountLink } from "./operations/account-link.ts";
import { application } from "./operations/application.ts";
import { audit } from "./operations/audit.ts";
import { blacklist } from "./operations/blacklist.ts";
import { bulkJob } from "./operations/bulk-job.ts";
import { column } from "./operations/column.ts";
import { file } from "./operations/file.ts";
import { host } from "./operations/host.ts";
import { mailTemplate } from "./operations/mail-template.ts";
import { metrics } from "./operations/metrics.ts";
import { license } from "./operations/license.ts";
import { managementKey } from "./operations/management-key.ts";
import { operator } from "./operations/operator.ts";
import { operatorSignIn } from "./operations/operator-sign-in.ts";
import { ownOperator } from "./operations/own-operator.ts";
import { role } from "./operations/role.ts";
import { session } from "./operations/session.ts";
import { sessionValue } from "./operations/session-value.ts";
import { userAccount } from "./operations/user-account.ts";
import { provider } from "./operations/provider.ts";
import { social } from "./operations/social.ts";
import { timelines } from "./operations/timeline.ts";
import { variable } from "./operations/variable.ts";
import { webhook } from "./operations/webhook.ts";

/** The one table of operations; every type below is computed from it. */
export const operations = {
  ...session,
  ...account,
  ...accountTransfer,
  ...accountLink,
  ...role,
  ...userAccount,
  ...column,
  ...license,
  ...application,
  ...host,
  ...file,
  ...variable,
  ...sessionValue,
  ...blacklist,
  ...bulkJob,
  ...timelines,
  ...provider,
  ...webhook,
  ...social,
  ...operatorSignIn,
  ...ownOperator,
  ...operator,
  ...audit,
  ...mailTemplate,
  ...managementKey,
  ...metrics,
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;
export type PacketName = {
  [N in OperationName]: Operations[N] extends { readonly type: number } ? N : never;
}[OperationName];
/** What the management door serves. */
export type RoutedName = {
  [N in OperationName]: Operations[N] extends { readonly route: string } ? N : never;
}[OperationName];
export type GateOf<N extends OperationName> = Operations[N]["gate"] & Gate;
export type InputOf<N extends OperationName> = v.InferOutput<Operations[N]["input"]>;
export type OutputOf<N extends OperationName> = v.InferOutput<Operations[N]["output"]>;
export type RefusalOf<N extends OperationName> = Operations[N]["refuses"][number];
/** What an operation comes to; `R` is every refusal it may give, and two more for who runs once for each request. */
export type Answer<N extends OperationName, R extends Refusal = RefusalOf<N> | Repeated<N>> =
  | { readonly ok: true; readonly output: OutputOf<N> }
  | { readonly ok: false; readonly refusal: R; readonly output?: Partial<OutputOf<N>> | undefined };
type Repeated<N extends OperationName> = Operations[N] extends { readonly once: true }
  ? "alreadyAnswered" | "sessionGone"
  : never;

export const operationNames = Object.keys(operations).filter(isOperationName);

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

export function isRouted(name: OperationName): name is RoutedName {
  return "route" in operations[name];
}

/** The definition of an operation with its literal types widened, for code that handles them all alike. */
export function definitionOf(name: OperationName): Operation {
  return operations[name];
}
