import type { Target } from "./target.ts";

/** No target: the load generator asks the upstream. What is added is measured against this. */
export const direct: Target = {
  name: "direct",
  description: "no gateway: the client asks the upstream",
  start: async ({ upstream }) => ({ port: upstream, headers: {}, process: undefined, stop: async () => undefined }),
};
