import { Ajv2020 } from "ajv/dist/2020.js";

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Call | undefined>> | undefined>>;
}

interface Call {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Response | undefined>>;
}

interface Response {
  readonly content: Readonly<Record<string, { readonly schema: object } | undefined>>;
}

/** Holds answers of the management door against the OpenAPI document that the same server gives out. */
export class ManagementContract {
  readonly #document: Described;
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false });

  private constructor(document: Described) {
    this.#document = document;
    this.#ajv.addSchema(document, "document");
  }

  static readonly #known = new Map<string, Promise<ManagementContract>>();

  static of(url: string): Promise<ManagementContract> {
    const known = this.#known.get(url) ?? this.#read(url);
    this.#known.set(url, known);
    return known;
  }

  static async #read(url: string): Promise<ManagementContract> {
    const response = await fetch(`${url}/manage/v1/openapi.json`);

    return new ManagementContract((await response.json()) as Described);
  }

  /** Throws when the document does not say that this may be answered. What no path leads to is no concern of it. */
  check(method: string, path: string, status: number, type: string, body: unknown): void {
    const template = this.#templateOf(method, path.replace(/\?.*$/, ""));
    const call = template === undefined ? undefined : this.#document.paths[template]?.[method.toLowerCase()];
    if (template === undefined || !call) return;
    const key = call.responses[`${status}`] ? `${status}` : "default";
    const mediaType = type.replace(/;.*$/, "");
    if (!call.responses[key]?.content[mediaType])
      throw new Error(`${call.operationId} answered ${status} ${type}, which its contract does not know`);
    const place = ["paths", template, method.toLowerCase(), "responses", key, "content", mediaType, "schema"];
    const validate = this.#ajv.getSchema(`document#/${place.map(pointer).join("/")}`);
    if (!validate?.(body))
      throw new Error(`${call.operationId} broke its contract: ${this.#ajv.errorsText(validate?.errors)}`);
  }

  /** The path with the fewest fields that leads there. */
  #templateOf(method: string, path: string): string | undefined {
    return Object.keys(this.#document.paths)
      .filter((template) => this.#document.paths[template]?.[method.toLowerCase()])
      .filter((template) => new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path))
      .sort((a, b) => a.split("{").length - b.split("{").length)[0];
  }
}

function pointer(segment: string): string {
  return encodeURIComponent(segment.replace(/~/g, "~0").replace(/\//g, "~1"));
}
