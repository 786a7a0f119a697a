// Logs a user in and out again, with promises.
// Prints "User has been logged in" and "User has been logged out", or which of the two failed and the fault's code.
import { UserService, UserServiceFault } from "@latchkey/client";
import { openPrompt } from "../prompt.ts";

async function main(): Promise<number> {
  using prompt = openPrompt();
  const applicationId = await prompt.readLine("Application ID");
  const apiKey = await prompt.readLine("API key");
  const username = await prompt.readLine("Username");
  const password = await prompt.readLine("Password");

  const url = process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8090";
  const users = new UserService({ url, applicationId, apiKey });

  try {
    await users.login(username, password);
    console.log("User has been logged in");
  } catch (error) {
    // The login failed; the fault's code says why.
    if (!(error instanceof UserServiceFault)) throw error;
    console.log(`Login failed: ${error.code}`);
    return 1;
  }

  // Now, let's log out.
  try {
    await users.logout();
    console.log("User has been logged out");
  } catch (error) {
    // Something went wrong and the logout failed; the fault's code says why.
    if (!(error instanceof UserServiceFault)) throw error;
    console.log(`Logout failed: ${error.code}`);
    return 1;
  }
  return 0;
}

process.exitCode = await main();
