import type { AddressInfo } from "node:net";
import type { SMTPServerOptions } from "smtp-server";
import { testCertificate, testCertificateKey } from "./certificate.ts";
import { type ReadMail, readMail } from "./mails.ts";

/** An SMTP server of a test's own. */
export interface SmtpServer extends AsyncDisposable {
  readonly port: number;
  /** What it has taken, in that order. */
  readonly taken: readonly TakenMail[];
  /** How many mails were offered to it. */
  readonly offered: number;
  /** Refuses what is offered from now on, with this answer; `undefined`: takes it. */
  answer: string | undefined;
}

interface TakenMail extends ReadMail {
  readonly isSecure: boolean;
  /** Who had signed in. */
  readonly user: string | undefined;
  readonly recipients: readonly string[];
}

interface SmtpSettings {
  /** Offers TLS, with the certificate that only tests trust. */
  readonly tls?: boolean;
  /** Demands this password. */
  readonly password?: string;
  /** TLS from the first byte. */
  readonly implicitTls?: boolean;
  readonly port?: number;
  /** Waits for this before it takes a mail. */
  readonly hold?: () => Promise<void>;
}

export async function startSmtp(settings: SmtpSettings = {}): Promise<SmtpServer> {
  const { tls = false, implicitTls = false, password, port = 0, hold } = settings;
  const taken: TakenMail[] = [];
  const state: { offered: number; answer: string | undefined } = { offered: 0, answer: undefined };
  const options: SMTPServerOptions = {
    logger: false,
    secure: implicitTls,
    key: testCertificateKey,
    cert: testCertificate,
    authOptional: password === undefined,
    disabledCommands: [...(password === undefined ? ["AUTH"] : []), ...(tls ? [] : ["STARTTLS"])],
    onAuth({ username, password: given }, _, done) {
      if (given === password) done(null, { user: username });
      else done(new Error("wrong password"));
    },
    onRcptTo({ address }, _, done) {
      state.offered++;
      done(state.answer === undefined ? null : new Error(`${state.answer} <${address}>`));
    },
    onData(stream, session, done) {
      void (async () => {
        const bytes = Buffer.concat(await stream.toArray());
        await hold?.();
        taken.push({
          ...(await readMail(bytes)),
          isSecure: session.secure,
          user: session.user,
          recipients: session.envelope.rcptTo.map(({ address }) => address),
        });
        done();
      })();
    },
  };
  const { SMTPServer } = await import("smtp-server");
  const server = new SMTPServer(options);
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    get offered() {
      return state.offered;
    },
    get answer() {
      return state.answer;
    },
    set answer(text) {
      state.answer = text;
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
