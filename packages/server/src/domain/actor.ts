/** Who changes something, as the audit log names them. */
export interface Actor {
  /** `server`: code of the vendor, with a BL key; `console`: who has the database; `system`: this server by itself. */
  readonly kind: "client" | "server" | "operator" | "key" | "console" | "system";
  /** Of an operator, a key, an account or a license. */
  readonly id?: string;
  /** Of an operator or a key; of a client, what the vendor calls the device. */
  readonly name?: string;
  readonly address?: string;
  /** Why, in the operator's words. */
  readonly reason?: string;
}
