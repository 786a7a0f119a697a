/** What a command that was carried out has to say: to programs, and to people. */
export interface Said {
  readonly json: unknown;
  readonly text: string;
  /** Beside what was asked for, on standard error. */
  readonly note?: string;
}

/** What a command says: text for people, or one JSON value for programs. The one that is not wanted is not said. */
export class Output {
  readonly isJson: boolean;
  readonly #write: (text: string) => void;
  readonly #writeNote: (text: string) => void;

  constructor(isJson: boolean, write: (text: string) => void, writeNote: (text: string) => void) {
    this.isJson = isJson;
    this.#write = write;
    this.#writeNote = writeNote;
  }

  say({ json, text, note }: Said): void {
    this.json(json);
    this.text(text);
    if (note !== undefined) this.note(note);
  }

  text(lines: string): void {
    if (!this.isJson) this.#write(`${lines}\n`);
  }

  /** Something beside what was asked for, in both forms. */
  note(line: string): void {
    this.#writeNote(`${line}\n`);
  }

  /** Once in every command that succeeds. */
  json(value: unknown): void {
    if (this.isJson) this.#write(`${JSON.stringify(value)}\n`);
  }
}
