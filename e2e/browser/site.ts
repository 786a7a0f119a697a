import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A web site of one page that runs a script, on an origin of its own. */
export async function serveSite(script: string): Promise<AsyncDisposable & { readonly url: string }> {
  const site = createServer(({ url }, response) => {
    const [type, body] =
      url === "/script.js"
        ? ["text/javascript", script]
        : ["text/html", '<!doctype html><meta charset="utf-8"><body><script src="/script.js"></script>'];
    response.writeHead(200, { "content-type": type }).end(body);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const { port } = site.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      site.closeAllConnections();
      site.close();
    },
  };
}
