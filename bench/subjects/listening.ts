import type { Server } from "node:http";

/** Opens a server on a free port of the loopback, owns it, and answers its URL. */
export async function listening(server: Server, owned: AsyncDisposableStack): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  owned.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("not listening");
  return `http://127.0.0.1:${address.port}`;
}
