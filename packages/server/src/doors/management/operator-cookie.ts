import type { IncomingHttpHeaders } from "node:http";

const name = "latchkey-operator";
const secureName = `__Host-${name}`;

/** Carries the secret of an operator's session (MG-AUTH-4). */
export class OperatorCookie {
  readonly #isSecure: boolean;

  constructor(isSecure: boolean) {
    this.#isSecure = isSecure;
  }

  read({ cookie = "" }: IncomingHttpHeaders): string | undefined {
    const wanted = `${this.#isSecure ? secureName : name}=`;
    const found = cookie.split(";").find((part) => part.trimStart().startsWith(wanted));
    return found?.trimStart().slice(wanted.length) || undefined;
  }

  /** For as long as the session can last; the server ends it earlier. */
  give(secret: string): string {
    return this.#write(secret, 7 * 86_400);
  }

  get taken(): string {
    return this.#write("", 0);
  }

  #write(value: string, maxAge: number): string {
    const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}`;
    return this.#isSecure ? `${secureName}=${value}; ${attributes}; Secure` : `${name}=${value}; ${attributes}`;
  }
}
