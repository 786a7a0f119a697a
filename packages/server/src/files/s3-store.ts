import { Readable } from "node:stream";
import { AwsClient } from "aws4fetch";
import type { Config } from "#config.ts";
import { type ByteRange, type FileStore, type ObjectName, objectPath } from "./file-store.ts";

type S3Config = Pick<Config, "s3Endpoint" | "s3Bucket" | "s3Region" | "s3AccessKey" | "s3SecretKey">;

/** Contents in a bucket of an S3-compatible service, which is named in the path, as every such service understands. */
export class S3Store implements FileStore {
  readonly #client: AwsClient;
  readonly #bucketUrl: string;

  constructor({ s3Endpoint, s3Bucket, s3Region, s3AccessKey, s3SecretKey }: S3Config) {
    this.#bucketUrl = `${s3Endpoint.replace(/\/+$/, "")}/${encodeURIComponent(s3Bucket)}`;
    this.#client = new AwsClient({
      accessKeyId: s3AccessKey,
      secretAccessKey: s3SecretKey,
      service: "s3",
      region: s3Region,
    });
  }

  async put(object: ObjectName, size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    // The checksum is part of what is signed, so the service verifies it too.
    const headers = { "Content-Length": `${size}`, "X-Amz-Content-Sha256": object.checksum };
    const { url, headers: signed } = await this.#client.sign(this.#urlOf(object), { method: "PUT", headers });
    const source = Readable.from(content, { objectMode: false });
    const body = Readable.toWeb(source);
    const response = await fetch(url, { method: "PUT", headers: signed, body, duplex: "half" }).catch(
      (error: unknown) => {
        // Why the content could not be read says more than that the request was broken off.
        throw source.errored ?? error;
      },
    );
    await demand(response, "put");
    await response.body?.cancel();
  }

  async read(object: ObjectName, { from, to }: ByteRange): Promise<Readable> {
    const response = await this.#fetch(object, "GET", { Range: `bytes=${from}-${to}` });
    await demand(response, "read");
    // Anything else would be sent on as what it is not.
    const isAsked = response.headers.get("Content-Range")?.startsWith(`bytes ${from}-${to}/`);
    if (!isAsked || !response.body) {
      await response.body?.cancel();
      throw new Error("the S3 service did not answer with the range that was asked for");
    }
    return Readable.fromWeb(response.body);
  }

  async delete(object: ObjectName): Promise<void> {
    const response = await this.#fetch(object, "DELETE");
    if (response.status !== 404) await demand(response, "delete");
    await response.body?.cancel();
  }

  async #fetch(object: ObjectName, method: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(await this.#client.sign(this.#urlOf(object), { method, headers }));
  }

  #urlOf(object: ObjectName): string {
    return `${this.#bucketUrl}/${objectPath(object)}`;
  }
}

/** What the service says instead goes into the log, shortened; it never holds our secret. */
async function demand(response: Response, what: string): Promise<void> {
  if (response.ok) return;
  const text = await response.text();
  throw new Error(`the S3 service could not ${what}: ${response.status} ${text.slice(0, 500)}`);
}
