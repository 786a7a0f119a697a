import { settingsOf } from "@latchkey/protocol";
import type { Config } from "./config.ts";

/** What this server is called in links: as the settings say, else where it listens. Never what a request calls it. */
export class PublicUrl {
  readonly #pathPrefix: string;
  #url: string;

  constructor({ publicUrl, pathPrefix }: Pick<Config, "publicUrl" | "pathPrefix">) {
    this.#url = publicUrl;
    this.#pathPrefix = pathPrefix.replace(/\/+$/, "");
  }

  /** The port may be known only once it is open. */
  listensAt(url: string): void {
    if (this.#url === "") this.#url = url;
  }

  /** In front of the paths of every door. */
  get ofServer(): string {
    return this.#url;
  }

  /** In front of what the user service hands out for an application. */
  ofApplication(application: { readonly settings: string }): string {
    return settingsOf(application).publicUrl || this.#url + this.#pathPrefix;
  }
}
