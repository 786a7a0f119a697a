export { type AmfAnswer, amfMessage, AmfPeer, answerIn } from "./amf-peer.ts";
export type { Said } from "./amf-words.ts";
export { testCertificate, testCertificateKey } from "./certificate.ts";
export { type NewDatabase, onEachDatabase } from "./each-database.ts";
export { eventFrame, heardBefore, newGuardedApplication, readProtected, subscribe, tellVersion } from "./events.ts";
export { eventually } from "./eventually.ts";
export { checksumOf, inPieces, linkTo, storeFile } from "./files.ts";
export { ask, nextEvent, openLive, packet } from "./live.ts";
export { EventFeed, type FedEvent } from "./event-feed.ts";
export { ManagementPeer } from "./management-peer.ts";
export { type ReadMail, readMail, readMails, readOutbox } from "./mails.ts";
export { flush, ManualClock } from "./manual-clock.ts";
export { type Direction, type Faults, Network } from "./network.ts";
export { type PostgresServer, startPostgres } from "./postgres.ts";
export { type RawAnswer, RawPeer, within } from "./raw-peer.ts";
export { type Cause, judge } from "./refusal-order.ts";
export { changeSettings, type RestAnswer, RestPeer, type RestRequest, userPassword } from "./rest-peer.ts";
export {
  addAccount,
  addLicense,
  blacklistClient,
  changeLicense,
  knownPassword,
  pauseApplication,
  withoutTable,
} from "./states.ts";
export { type Declare, type Seeds, seedsOf } from "./seeds.ts";
export { type SmtpServer, startSmtp } from "./smtp.ts";
export { type Handed, handedBy, listedOrigin, openSocialStage, type SocialStage } from "./social-stage.ts";
export { type Person, startTestProvider, type TestProvider } from "./test-provider.ts";
export { newOperator, operatorPassword, signedIn, signIn } from "./operators.ts";
export { opcode, TcpPeer } from "./tcp-peer.ts";
export {
  must,
  newApplication,
  newLicense,
  type Product,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from "./test-server.ts";
export { isSignedBy, type ReceivedMessage, startWebhookReceiver, type WebhookReceiver } from "./webhook-receiver.ts";
