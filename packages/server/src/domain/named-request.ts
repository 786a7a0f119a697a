/** A request that its caller has given a name, so that it is done once however often it is sent. */
export interface NamedRequest {
  /** Who names it; two callers may use the same name. */
  readonly caller: string;
  readonly key: string;
  /** Of what is asked: under one name there is one request. */
  readonly fingerprint: string;
}
