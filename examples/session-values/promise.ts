// Keeps a text with the session: it is there after a lost connection, and gone with the session.
import { orThrow, Session, Status, StatusError, TransportError } from "@latchkey/client";
import { printError, printStatus } from "../print.ts";
import { openPrompt } from "../prompt.ts";

async function main(): Promise<number> {
  using prompt = openPrompt();
  const websocketApiKey = await prompt.readLine("Websocket API key");
  const clientId = await prompt.readLine("Client ID");
  const text = await prompt.readLine("Text to keep");

  await using session = new Session({ url: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090" });
  try {
    await session.connect();
    orThrow(await session.initialize(websocketApiKey, clientId));

    const kept = await session.setSessionValue("note", text, 3_600);
    if (kept === Status.StoreOutOfMemory) {
      printStatus("The text is too long", kept);
      return 1;
    }
    orThrow(kept);

    const { value } = orThrow(await session.getSessionValue("note"));
    console.log(`Kept: ${value}`);

    orThrow(await session.deleteSessionValue("note"));
    printStatus("Deleted; it is now", (await session.getSessionValue("note")).status);
  } catch (error) {
    if (!(error instanceof TransportError || error instanceof StatusError)) throw error;
    printError("Session-values failed", error);
    return 1;
  }
  return 0;
}

process.exitCode = await main();
