// Creates an account, with calls that block.
import { CredentialsType, Status, TransportError } from "@latchkey/client";
import { SyncSession } from "@latchkey/client/sync";
import { printError, printStatus } from "../print.ts";
import { openPrompt } from "../prompt.ts";

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

  using session = new SyncSession({ url: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090" });
  try {
    const server = session.connect();
    console.log(`Connected to server location: ${server.location}`);

    const application = session.initialize(websocketApiKey, clientId);
    if (!application.good()) {
      printStatus("Initialize returned status", application.status);
      return 1;
    }

    const result = session.createAccount(account);
    if (!result.is(Status.Ok)) {
      printStatus("Create-account returned status", result.status);
      if (result.is(Status.TooManyRequests) && result.retryAfter !== 0) {
        console.log(`Retry after: ${result.retryAfter} seconds`);
      }
      return 1;
    }

    console.log("Account created successfully");
    session.shutdown();
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    printError("Create-account failed", error);
    return 1;
  }
  return 0;
}

process.exitCode = await main();
