import type { Declare, Seeds } from "@latchkey/testkit";
import { formsContract } from "./forms.contract.ts";
import { operationsContract } from "./operations.contract.ts";
import { resumeContract } from "./resume.contract.ts";
import { sessionContract } from "./session.contract.ts";
import { tokenStorageContract } from "./token-storage.contract.ts";
import { userEventsContract } from "./user-events.contract.ts";
import { userServiceCallsContract } from "./user-service-calls.contract.ts";
import { userServiceContract } from "./user-service.contract.ts";

/** The whole suite that holds in every runtime of the SDK (LP-SDK-4). */
export function clientContract(test: Declare, seeds: Seeds): void {
  sessionContract(test, seeds);
  operationsContract(test, seeds);
  formsContract(test, seeds);
  resumeContract(test, seeds);
  userServiceContract(test, seeds);
  userServiceCallsContract(test, seeds);
  tokenStorageContract(test, seeds);
  userEventsContract(test, seeds);
}
