import { command } from "../command.ts";
import { makeProducts } from "../demo/products.ts";
import { showCreateAccount } from "../demo/session-create-account.ts";
import { showSessionLogout } from "../demo/session-logout.ts";
import { isAsExpected, Stage } from "../demo/stage.ts";
import { startThrowAwayServer } from "../demo/throw-away-server.ts";
import { showUserServiceLogout } from "../demo/user-service-logout.ts";
import { failed } from "../failure.ts";

export const demo = command({
  name: "demo",
  about: "log in and out and create accounts against a throw-away server, and print what each call answers",
  async run({ output, log }) {
    await using server = await startThrowAwayServer();
    const products = await makeProducts(server, log);
    const stage = new Stage(output);
    await showSessionLogout(stage, products.logout);
    await showCreateAccount(stage, products);
    await showUserServiceLogout(stage, products.logout);
    output.json({ steps: stage.steps });
    const wrong = stage.steps.filter((step) => !isAsExpected(step)).length;
    if (wrong > 0) return failed(`${wrong} of ${stage.steps.length} steps came out otherwise than they must`);
    output.text(`\nall ${stage.steps.length} steps came out as they must`);
    return undefined;
  },
});
