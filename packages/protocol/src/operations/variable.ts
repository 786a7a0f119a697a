import * as v from "valibot";
import { operation } from "../operation.ts";
import { pageBy, paged, search } from "../page.ts";
import { text } from "../text.ts";

/** A named text of an application. A protected one is shown to authorized sessions only. */
const variableShape = v.object({ name: text, content: text, public: v.boolean() });

export const variable = {
  /** Reads a variable; a protected one needs an authorization of any kind. */
  getVariable: operation({
    type: 11,
    gate: "init",
    input: v.object({ name: text }),
    output: v.object({ content: text }),
    refuses: ["notAuthorized", "variableNotFound", "variableNameInvalid"],
  }),

  setVariable: operation({
    route: "PUT /manage/v1/applications/{applicationId}/variables/{name}",
    gate: "variables:update",
    conditional: true,
    input: v.object({ applicationId: text, ...variableShape.entries }),
    output: v.object({ variable: variableShape }),
    refuses: ["applicationNotFound", "changedMeanwhile", "variableNameInvalid", "variableTooLong"],
  }),

  listVariables: operation({
    route: "GET /manage/v1/applications/{applicationId}/variables",
    gate: "variables:read",
    input: v.object({
      applicationId: text,
      /** In the name. */
      search,
      public: v.exactOptional(v.boolean()),
      ...pageBy(["name"]),
    }),
    output: v.object({ variables: v.array(variableShape), ...paged }),
    refuses: ["applicationNotFound", "cursorInvalid"],
  }),

  /** Shows its operator a variable, protected or not. */
  showVariable: operation({
    route: "GET /manage/v1/applications/{applicationId}/variables/{name}",
    gate: "variables:read",
    input: v.object({ applicationId: text, name: text }),
    output: v.object({ variable: variableShape }),
    refuses: ["variableNotFound"],
  }),

  deleteVariable: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/variables/{name}",
    gate: "variables:delete",
    input: v.object({ applicationId: text, name: text }),
    output: v.object({}),
    refuses: ["variableNotFound"],
  }),
};
