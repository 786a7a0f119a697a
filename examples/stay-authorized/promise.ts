// Stays authorized by a license, through lost connections and restarts of the server, and says what happens meanwhile.
import { orThrow, Session, StatusError, TransportError } from "@latchkey/client";
import type { Ending } from "@latchkey/client";
import { printError } from "../print.ts";
import { openPrompt } from "../prompt.ts";

async function main(): Promise<number> {
  using prompt = openPrompt();
  const websocketApiKey = await prompt.readLine("Websocket API key");
  const clientId = await prompt.readLine("Client ID");
  const licenseKey = await prompt.readLine("License");

  await using session = new Session({ url: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090" });
  const ended = new Promise<Ending>((resolve) => session.on("shutdown", resolve));
  session.on("resumed", ({ isAuthorized }) => {
    console.log(`The connection was lost and is back, ${isAuthorized ? "still" : "no longer"} authorized`);
  });
  session.on("panelEvent", (event) => {
    switch (event.name) {
      case "licenseExtended":
        console.log(`The license was extended until ${event.content.expiresAt ?? "ever"}`);
        break;
      case "licenseBlacklisted":
      case "licensePaused":
      case "licenseDeleted":
      case "subscriptionExpired":
        console.log("The license is not valid any more");
        break;
      default:
        console.log(`Event ${event.type} (${event.name ?? "of a newer server"})`);
    }
  });

  try {
    await session.connect();
    orThrow(await session.initialize(websocketApiKey, clientId));
    orThrow(await session.enablePanelEvents());
    orThrow(await session.authorize(licenseKey));
  } catch (error) {
    if (!(error instanceof TransportError || error instanceof StatusError)) throw error;
    printError("Authorize failed", error);
    return 1;
  }
  console.log("Authorized");

  const { closeCode, reason } = await ended;
  console.log(`The server has ended the session: ${closeCode} (${reason})`);
  return 0;
}

process.exitCode = await main();
