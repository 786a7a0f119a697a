// Creates an account, with calls that resolve with [error, result] and never reject.
import type { NewAccount, TransportError } from "@latchkey/client";
import { CredentialsType, Session, Status, StatusError } from "@latchkey/client";
import { printError } from "../print.ts";
import { openPrompt } from "../prompt.ts";

async function runExample(
  session: Session,
  websocketApiKey: string,
  clientId: string,
  account: NewAccount,
): Promise<TransportError | StatusError | null> {
  const [connectError, server] = await session.try.connect();
  if (connectError) return connectError;
  console.log(`Connected to server location: ${server.location}`);

  const [initializeError, application] = await session.try.initialize(websocketApiKey, clientId);
  if (initializeError) return initializeError;
  if (!application.good()) return new StatusError(application.status);

  const [createError, result] = await session.try.createAccount(account);
  if (createError) return createError;
  if (!result.is(Status.Ok)) {
    if (result.is(Status.TooManyRequests) && result.retryAfter !== 0) {
      console.log(`Retry after: ${result.retryAfter} seconds`);
    }
    return new StatusError(result.status);
  }

  console.log("Account created successfully");
  const [shutdownError] = await session.try.shutdown();
  return shutdownError;
}

async function main(): Promise<number> {
  using prompt = openPrompt();
  const websocketApiKey = await prompt.readLine("Websocket API key");
  const clientId = await prompt.readLine("Client ID");
  const login = await prompt.readLine("Login");
  const password = await prompt.readLine("Password");
  const comment = await prompt.readLine("Comment (optional)");
  const license = await prompt.readLine("License (optional, leave empty to skip)");

  // An empty comment or license is not sent.
  const account = { login, password, comment, license, type: CredentialsType.LoginPassword };

  await using session = new Session({ url: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090" });
  const error = await runExample(session, websocketApiKey, clientId, account);
  if (error) {
    printError("Create-account failed", error);
    return 1;
  }
  return 0;
}

process.exitCode = await main();
