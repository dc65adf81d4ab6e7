import { z } from "zod";
import { adminRoutes } from "./routes.ts";

const schemaOf = (type: z.ZodType, io: "input" | "output"): Record<string, unknown> => {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io, unrepresentable: "any" }) as Record<string, unknown>;
  return schema;
};

const error = {
  description: "An error",
  content: {
    "application/json": {
      schema: {
        type: "object",
        properties: {
          error: {
            type: "object",
            properties: { message: { type: "string" }, type: { type: "string" }, param: { type: ["string", "null"] }, code: { type: ["string", "null"] } },
            required: ["message", "type", "param", "code"],
          },
        },
        required: ["error"],
      },
    },
  },
};

interface QuerySchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** The OpenAPI 3.1 document of the admin API, made from the same schemas that check the requests. */
export function openApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of adminRoutes) {
    const input = schemaOf(route.input, "input");
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string" } }));
    const { properties = {}, required = [] } = input as QuerySchema;
    const asked =
      route.method === "GET" ? Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: required.includes(name), schema })) : [];
    paths[route.path] ??= {};
    Object.assign(paths[route.path] ?? {}, {
      [route.method.toLowerCase()]: {
        summary: route.summary,
        operationId: `${route.method.toLowerCase()}${route.path.replace("/admin/api", "").replaceAll(/\W+(\w?)/g, (_all, next: string) => next.toUpperCase())}`,
        ...(named.length + asked.length > 0 && { parameters: [...named, ...asked] }),
        ...(route.method === "POST" && { requestBody: { content: { "application/json": { schema: input } } } }),
        responses: { [route.status]: { description: "Done", content: { [route.mediaType]: { schema: schemaOf(route.output, "output") } } }, default: error },
      },
    });
  }
  return {
    openapi: "3.1.0",
    info: { title: "Freehold admin API", version: "1" },
    security: [{ adminKey: [] }],
    components: { securitySchemes: { adminKey: { type: "http", scheme: "bearer" } } },
    paths,
  };
}
