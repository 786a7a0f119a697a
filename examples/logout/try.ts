// Logs out of a license, with calls that resolve with [error, result] and never reject.
import type { TransportError } from "@latchkey/client";
import { Session, Status, StatusError } from "@latchkey/client";
import { printError } from "../print.ts";
import { openPrompt } from "../prompt.ts";

async function runExample(
  session: Session,
  websocketApiKey: string,
  clientId: string,
  licenseKey: string,
): Promise<TransportError | StatusError | null> {
  const [connectError, server] = await session.try.connect();
  if (connectError) return connectError;
  console.log(`Connected to server location: ${server.location}`);

  const [initializeError, application] = await session.try.initialize(websocketApiKey, clientId);
  if (initializeError) return initializeError;
  if (!application.good()) return new StatusError(application.status);

  const [authorizeError, license] = await session.try.authorize(licenseKey);
  if (authorizeError) return authorizeError;
  if (!license.good()) return new StatusError(license.status);

  const [logoutError, logoutStatus] = await session.try.logout();
  if (logoutError) return logoutError;
  if (logoutStatus !== Status.Ok) return new StatusError(logoutStatus);

  console.log("Logged out successfully");
  const [shutdownError] = await session.try.shutdown();
  return shutdownError;
}

async function main(): Promise<number> {
  using prompt = openPrompt();
  const websocketApiKey = await prompt.readLine("Websocket API key");
  const clientId = await prompt.readLine("Client ID");
  const licenseKey = await prompt.readLine("License");

  await using session = new Session({ url: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090" });
  const error = await runExample(session, websocketApiKey, clientId, licenseKey);
  if (error) {
    printError("Logout failed", error);
    return 1;
  }
  return 0;
}

process.exitCode = await main();
