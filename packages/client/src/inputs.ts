import type { InputOf } from "@latchkey/protocol";
import type { Credentials, NewAccount } from "./calls.ts";

// What the program gives, as the packets carry it: an empty optional text is the same as an absent one and is not sent.

export function credentialsInput({ login, password, type, license }: Credentials): InputOf<"authorizeByCredentials"> {
  return {
    login,
    password,
    ...(type !== undefined && { credentialsType: type }),
    ...(license && { license }),
  };
}

export function newAccountInput({ comment, ...credentials }: NewAccount): InputOf<"createAccount"> {
  return { ...credentialsInput(credentials), ...(comment && { comment }) };
}
