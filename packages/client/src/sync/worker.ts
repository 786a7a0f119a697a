// The other side of `bridge.ts`: the same Session and UserService as everywhere, answering to a thread that waits.
import type { MessagePort } from "node:worker_threads";
import { parentPort } from "node:worker_threads";
import { callNames } from "../calls.ts";
import { transportErrorFrom } from "../errors.ts";
import { callByName, settle } from "../forms.ts";
import { Session } from "../session.ts";
import { userCallNames } from "../user-calls.ts";
import { UserService } from "../user-service.ts";
import { faultFrom } from "../user-service-fault.ts";
import type { Host, Request, Setup } from "./bridge.ts";
import type { Parcel } from "./parcel.ts";
import { packError, packResult } from "./parcel.ts";

type Serve = (request: Request) => Promise<Parcel>;

function serveSession(session: Session): Serve {
  return async ({ name, args, timeoutMs }) => {
    if (name === "isConnected") return packResult(session.isConnected);
    if (name === "lastOperationTook") return packResult(session.lastOperationTook);
    const call = callByName(session.withTimeout(timeoutMs), named(callNames, name), args);
    const [error, result] = await settle(call, transportErrorFrom);
    return error ? packError(error) : packResult(result);
  };
}

function serveUserService(users: UserService): Serve {
  return async ({ name, args, timeoutMs }) => {
    const call = callByName(users.withTimeout(timeoutMs), named(userCallNames, name), args);
    const [fault, result] = await settle(call, faultFrom);
    return fault ? packError(fault) : packResult(result);
  };
}

function named<N extends string>(names: readonly N[], name: string): N {
  const found = names.find((known) => known === name);
  if (found === undefined) throw new Error(`there is no call ${name}`);
  return found;
}

function serve(host: Host): Serve {
  return host.kind === "session"
    ? serveSession(new Session(host.options))
    : serveUserService(new UserService(host.options));
}

async function answer(parcel: Promise<Parcel>, port: MessagePort, signal: Int32Array): Promise<void> {
  port.postMessage(await parcel);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}

parentPort?.once("message", ({ host, port, signal }: Setup) => {
  const run = serve(host);
  port.on("message", (request: Request) => void answer(run(request), port, signal));
});
