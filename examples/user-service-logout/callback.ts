// Logs a user in and out again, with callbacks.
// Prints "User has been logged in" and "User has been logged out", or which of the two failed and the fault's code.
import { UserService } from "@latchkey/client";
import { openPrompt } from "../prompt.ts";

async function main(): Promise<number> {
  using prompt = openPrompt();
  const applicationId = await prompt.readLine("Application ID");
  const apiKey = await prompt.readLine("API key");
  const username = await prompt.readLine("Username");
  const password = await prompt.readLine("Password");

  const url = process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090";
  const users = new UserService({ url, applicationId, apiKey });
  const completion = Promise.withResolvers<number>();

  users.login(username, password, {
    handleResponse() {
      console.log("User has been logged in");

      // Now, let's log out.
      users.logout({
        handleResponse() {
          console.log("User has been logged out");
          completion.resolve(0);
        },
        handleFault(fault) {
          // Something went wrong and the logout failed; the fault's code says why.
          console.log(`Logout failed: ${fault.code}`);
          completion.resolve(1);
        },
      });
    },
    handleFault(fault) {
      // The login failed; the fault's code says why.
      console.log(`Login failed: ${fault.code}`);
      completion.resolve(1);
    },
  });

  return await completion.promise;
}

process.exitCode = await main();
