export type Tone = "good" | "new" | "warning" | "bad" | "quiet";

/** The state of a record: a dot for the eye, a word for everybody. */
export function Mark({ tone, text }: { readonly tone: Tone; readonly text: string }) {
  return (
    <span className="lk-mark" data-tone={tone}>
      {text}
    </span>
  );
}
