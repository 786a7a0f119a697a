import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import type { Config } from "#config.ts";
import { CertificateError } from "#crypto/certificate-error.ts";
import { type Delivery, envelopeOf } from "./delivery.ts";

/** How long a silent server is waited for. */
const patienceMs = 30_000;

interface SmtpDelivery extends Delivery {
  /** Connects and signs in, and sends nothing. */
  verify(): Promise<void>;
}

/** Hands mails over to an SMTP server: under TLS if that offers it, and a password under nothing else (US-MAIL-1). */
export function smtpDelivery(config: Config): SmtpDelivery {
  const { smtpHost, smtpPort, smtpUser, smtpPassword, smtpCertificate, mailFrom } = config;
  const transport = createTransport({
    host: smtpHost,
    port: smtpPort,
    secure: smtpPort === 465,
    ...(smtpUser !== "" && { auth: { user: smtpUser, pass: smtpPassword }, requireTLS: true }),
    ...(smtpCertificate !== "" && { tls: { ca: readCertificate(smtpCertificate) } }),
    dnsTimeout: patienceMs,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  return {
    async deliver(letter, signal) {
      await transport.sendMail({ ...envelopeOf(letter, mailFrom), signal });
    },
    async verify() {
      await transport.verify();
    },
    [Symbol.dispose]: () => transport.close(),
  };
}

function readCertificate(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CertificateError(`the certificate ${path} of the SMTP server cannot be used: ${why}`, { cause });
  }
}
