export { flush, ManualClock } from "./manual-clock.ts";
export { type PostgresServer, startPostgres } from "./postgres.ts";
export { type RawAnswer, RawPeer, within } from "./raw-peer.ts";
export { changeSettings, type RestAnswer, RestPeer, type RestRequest, userPassword } from "./rest-peer.ts";
export {
  must,
  newApplication,
  newLicense,
  type Product,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from "./test-server.ts";
