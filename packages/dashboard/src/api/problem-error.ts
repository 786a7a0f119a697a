/** Why a call came to nothing. `code` is that of the problem the server answered (MG-HTTP-3), or `unreachable`. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Which fields a malformed request got wrong. */
  readonly fields: readonly string[];

  constructor(code: string, status: number, title: string, rest: Partial<ProblemError> = {}) {
    super(title);
    this.name = "ProblemError";
    this.code = code;
    this.status = status;
    this.requestId = rest.requestId;
    this.retryAfterSeconds = rest.retryAfterSeconds;
    this.fields = rest.fields ?? [];
  }

  static unreachable(): ProblemError {
    return new ProblemError("unreachable", 0, "The server cannot be reached");
  }

  static async of(response: Response): Promise<ProblemError> {
    const body: unknown = await response.json().catch(() => undefined);
    const said = new Map<string, unknown>(isRecord(body) ? Object.entries(body) : []);
    const text = (field: string) => (typeof said.get(field) === "string" ? String(said.get(field)) : undefined);
    const retryAfterSeconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
    return new ProblemError(
      text("code") ?? "internal",
      response.status,
      text("title") ?? `${response.status} ${response.statusText}`,
      {
        requestId: text("requestId"),
        retryAfterSeconds: Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : undefined,
        fields: fieldsIn(said.get("errors")),
      },
    );
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldsIn(errors: unknown): readonly string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((each: unknown) => (isRecord(each) ? Object.values(each).map(String).join(": ") : String(each)));
}
