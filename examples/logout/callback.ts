// Logs out of a license, with callbacks.
import { Session, Status } from "@latchkey/client";
import { printError, printStatus } from "../print.ts";
import { openPrompt } from "../prompt.ts";

async function main(): Promise<number> {
  using prompt = openPrompt();
  const websocketApiKey = await prompt.readLine("Websocket API key");
  const clientId = await prompt.readLine("Client ID");
  const licenseKey = await prompt.readLine("License");

  await using session = new Session({ url: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090" });
  const completion = Promise.withResolvers<number>();

  session.connect((connectError, server) => {
    if (connectError) {
      printError("Connect failed", connectError);
      completion.resolve(1);
      return;
    }
    console.log(`Connected to server location: ${server.location}`);

    session.initialize(websocketApiKey, clientId, (initializeError, application) => {
      if (initializeError) {
        printError("Initialize failed", initializeError);
        completion.resolve(1);
        return;
      }
      if (!application.good()) {
        printStatus("Initialize returned status", application.status);
        completion.resolve(1);
        return;
      }

      session.authorize(licenseKey, (authorizeError, license) => {
        if (authorizeError) {
          printError("Authorize failed", authorizeError);
          completion.resolve(1);
          return;
        }
        if (!license.good()) {
          printStatus("Authorize returned status", license.status);
          completion.resolve(1);
          return;
        }

        session.logout((logoutError, logoutStatus) => {
          if (logoutError) {
            printError("Logout failed", logoutError);
            completion.resolve(1);
            return;
          }
          if (logoutStatus !== Status.Ok) {
            printStatus("Logout returned status", logoutStatus);
            completion.resolve(1);
            return;
          }
          console.log("Logged out successfully");

          session.shutdown((shutdownError) => {
            if (shutdownError) {
              printError("Shutdown failed", shutdownError);
              completion.resolve(1);
              return;
            }
            completion.resolve(0);
          });
        });
      });
    });
  });

  return await completion.promise;
}

process.exitCode = await main();
