// Creates an account, with callbacks.
import { CredentialsType, Session, Status } from "@latchkey/client";
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

      session.createAccount(account, (createError, result) => {
        if (createError) {
          printError("Create-account failed", createError);
          completion.resolve(1);
          return;
        }
        if (!result.is(Status.Ok)) {
          printStatus("Create-account returned status", result.status);
          if (result.is(Status.TooManyRequests) && result.retryAfter !== 0) {
            console.log(`Retry after: ${result.retryAfter} seconds`);
          }
          completion.resolve(1);
          return;
        }
        console.log("Account created successfully");

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

  return await completion.promise;
}

process.exitCode = await main();
