/** The files of a certificate cannot be used; the message says which and why. */
export class CertificateError extends Error {
  override readonly name = "CertificateError";
}
