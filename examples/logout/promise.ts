// Logs out of a license, with promises.
import { Session, Status, TransportError } from "@latchkey/client";
import { printError, printStatus } from "../print.ts";
import { openPrompt } from "../prompt.ts";

async function main(): Promise<number> {
  using prompt = openPrompt();
  const websocketApiKey = await prompt.readLine("Websocket API key");
  const clientId = await prompt.readLine("Client ID");
  const licenseKey = await prompt.readLine("License");

  await using session = new Session({ url: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090" });
  try {
    const server = await session.connect();
    console.log(`Connected to server location: ${server.location}`);

    const application = await session.initialize(websocketApiKey, clientId);
    if (!application.good()) {
      printStatus("Initialize returned status", application.status);
      return 1;
    }

    const license = await session.authorize(licenseKey);
    if (!license.good()) {
      printStatus("Authorize returned status", license.status);
      return 1;
    }

    const logoutStatus = await session.logout();
    if (logoutStatus !== Status.Ok) {
      printStatus("Logout returned status", logoutStatus);
      return 1;
    }

    console.log("Logged out successfully");
    await session.shutdown();
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    printError("Logout failed", error);
    return 1;
  }
  return 0;
}

process.exitCode = await main();
