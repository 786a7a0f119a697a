import type { InputOf } from "@latchkey/protocol";

type FirebaseHashing = NonNullable<InputOf<"importAccounts">["firebase"]>;

/** Reads the hash parameters of a project as Firebase's console shows them, or as JSON. `undefined`: some are missing. */
export function readFirebaseHashing(text: string): FirebaseHashing | undefined {
  const signerKey = valueOf(text, "base64_signer_key", "[A-Za-z0-9+/_-]+=*");
  const saltSeparator = valueOf(text, "base64_salt_separator", "[A-Za-z0-9+/_-]+=*");
  const rounds = valueOf(text, "rounds", "\\d{1,6}");
  const memCost = valueOf(text, "mem_cost", "\\d{1,6}");
  if (!signerKey || !saltSeparator || !rounds || !memCost) return undefined;
  return { signerKey, saltSeparator, rounds: Number(rounds), memCost: Number(memCost) };
}

function valueOf(text: string, name: string, form: string): string | undefined {
  return new RegExp(`\\b${name}"?\\s*[:=]\\s*"?(${form})`).exec(text)?.[1];
}
