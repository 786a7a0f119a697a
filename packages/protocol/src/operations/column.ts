import * as v from "valibot";
import { operation } from "../operation.ts";
import { text } from "../text.ts";

/** What a column's values are. JSON holds every value there is. */
export const propertyTypes = ["BOOLEAN", "INT", "DOUBLE", "STRING", "TEXT", "DATETIME", "JSON"] as const;
export type PropertyType = (typeof propertyTypes)[number];

/** A property that every account of an application has, besides the fixed ones. */
export const columnShape = v.object({
  name: text,
  type: v.picklist(propertyTypes),
  /** Registrations have to give it, and updates cannot empty it. */
  required: v.boolean(),
  /** No two accounts may have the same value. */
  unique: v.boolean(),
  /** What a new account has when nothing is given; `null`: nothing. */
  defaultValue: v.unknown(),
  createdBy: v.picklist(["client", "server", "operator"]),
});

export const column = {
  /** Tells users and server code which columns accounts have, the fixed ones first (US-DATA-13). */
  describeColumns: operation({
    gate: "init",
    input: v.object({}),
    output: v.object({
      columns: v.array(
        v.object({
          name: text,
          type: v.picklist([...propertyTypes, "STRING_ID"]),
          required: v.boolean(),
          identity: v.boolean(),
          defaultValue: v.unknown(),
        }),
      ),
    }),
    refuses: [],
  }),

  /** Creates a column, or gives one that exists another definition, as far as the values that accounts have suit it. */
  setColumn: operation({
    route: "PUT /manage/v1/applications/{applicationId}/columns/{name}",
    gate: "applications:update",
    input: v.object({ applicationId: text, ...v.omit(columnShape, ["createdBy"]).entries }),
    output: v.object({ column: columnShape }),
    refuses: [
      "applicationNotFound",
      "columnNameInvalid",
      "columnDefaultInvalid",
      "columnValuesUnsuited",
      "tooManyColumns",
    ],
  }),

  listColumns: operation({
    route: "GET /manage/v1/applications/{applicationId}/columns",
    gate: "applications:read",
    input: v.object({ applicationId: text }),
    output: v.object({ columns: v.array(columnShape) }),
    refuses: ["applicationNotFound"],
  }),

  /** Deletes a column and its value in every account. */
  deleteColumn: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/columns/{name}",
    gate: "applications:update",
    input: v.object({ applicationId: text, name: text }),
    output: v.object({}),
    refuses: ["columnNotFound"],
  }),
};
