/** What a command says: text for people, or one JSON value for programs. The one that is not wanted is not said. */
export class Output {
  readonly isJson: boolean;
  readonly #write: (text: string) => void;

  constructor(isJson: boolean, write: (text: string) => void) {
    this.isJson = isJson;
    this.#write = write;
  }

  text(lines: string): void {
    if (!this.isJson) this.#write(`${lines}\n`);
  }

  /** Once in every command that succeeds. */
  json(value: unknown): void {
    if (this.isJson) this.#write(`${JSON.stringify(value)}\n`);
  }
}
