/** What is said about one kind of link. `{application}`, `{until}` and `{min}` are filled in. */
interface LinkWording {
  readonly mail: {
    readonly subject: string;
    readonly text: string;
    /** What the link is called where it is not spelled out. */
    readonly action: string;
    readonly validity: string;
    readonly otherwise: string;
  };
  readonly page: {
    readonly title: string;
    readonly text: string;
    readonly button: string;
    readonly doneTitle: string;
    readonly doneText: string;
  };
}

interface Notice {
  readonly title: string;
  readonly text: string;
}

/** Everything that Latchkey says to people by mail and on its pages, in one language. */
export interface Wording {
  /** As HTML and the formats of dates call it. */
  readonly language: string;
  readonly confirm: LinkWording;
  readonly recover: LinkWording;
  readonly newPassword: string;
  readonly passwordLength: string;
  readonly passwordRefused: string;
  readonly linkInvalid: Notice;
  readonly tooManyRequests: Notice;
  readonly failed: Notice;
}
