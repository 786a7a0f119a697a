/** What a management key is made of. */
export interface KeyParts {
  /** The part that it is found by. */
  readonly id: string;
  readonly secret: string;
}

const form = /^lk_mgmt_([0-9A-Z]{16})_([\w-]{43})$/;

export function writeManagementKey({ id, secret }: KeyParts): string {
  return `lk_mgmt_${id}_${secret}`;
}

/** `undefined`: it is no management key. */
export function readManagementKey(text: string): KeyParts | undefined {
  const [, id, secret] = form.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
