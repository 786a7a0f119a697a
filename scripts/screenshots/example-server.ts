import { must, type TestServer } from "@latchkey/testkit";

const dayMs = 86_400_000;
const operators = [
  ["grace@photon.example", "Grace Hopper", "admin"],
  ["linus@photon.example", "Linus Pauling", "support"],
  ["mary@photon.example", "Mary Somerville", "read-only"],
] as const;

interface Application {
  readonly id: string;
  readonly createdAt: number;
}

/** Operators, invitations and management keys in every state. */
export async function exampleServer({ console: operator }: TestServer, application: Application): Promise<void> {
  const password = "otter piano window lamp";
  const ids: string[] = [];
  for (const [email, name, role] of operators)
    ids.push((await must(operator, "addOperator", { email, name, role, password })).operator.id);
  await must(operator, "disableOperator", { operatorId: ids.at(-1) ?? "" });
  await must(operator, "inviteOperator", { email: "rosalind@photon.example", role: "support" });
  const { id, createdAt } = application;
  const applicationIds = [id];
  await must(operator, "createManagementKey", {
    name: "Shop",
    scopes: ["licenses:create", "licenses:read"],
    applicationIds,
    expiresAt: createdAt + 365 * dayMs,
  });
  await must(operator, "createManagementKey", {
    name: "Build server",
    scopes: ["files:upload", "files:read", "variables:read", "variables:update"],
    applicationIds,
    expiresAt: createdAt + 6 * dayMs,
  });
  const { managementKey } = await must(operator, "createManagementKey", {
    name: "Old shop",
    scopes: ["licenses:read"],
  });
  await must(operator, "revokeManagementKey", { keyId: managementKey.id });
}
