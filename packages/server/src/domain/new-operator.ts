import type { OperatorRole } from "@latchkey/protocol";
import type { Operator, OperatorId } from "#storage/tables-operators.ts";
import type { Decision } from "./decision.ts";
import { emailFrom, isOperatorPassword, nameFrom } from "./operator-terms.ts";

/** Who is to become an operator, as somebody has typed it. */
export interface NewOperator {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly role: OperatorRole;
}

type Form = Pick<Operator, "email" | "emailKey" | "name" | "role">;

export function readNewOperator({
  email: givenEmail,
  name: givenName,
  password,
  role,
}: NewOperator): Decision<{ readonly form: Form }, "emailInvalid" | "nameInvalid" | "passwordRefused"> {
  const address = emailFrom(givenEmail);
  if (!address) return { refused: "emailInvalid" };
  const name = nameFrom(givenName);
  if (name === undefined) return { refused: "nameInvalid" };
  if (!isOperatorPassword(password, address.email)) return { refused: "passwordRefused" };
  return { form: { ...address, name, role } };
}

export function operatorRow(form: Form, id: OperatorId, passwordHash: string, now: number): Operator {
  const fresh = { sealedFactor: null, pendingFactor: null, lastStep: 0, lastSignInAt: null, disabledAt: null };
  return { id, ...form, passwordHash, ...fresh, createdAt: now };
}
