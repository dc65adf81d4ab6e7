import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, stop } from "../children.ts";
import { answering, freePort, type Target } from "./target.ts";

const program = fileURLToPath(new URL("./fastify-proxy.mjs", import.meta.url));

/** The yardstick: what a Node proxy costs that does nothing of what a gateway is for. */
export const fastifyProxy: Target = {
  name: "fastify",
  description: "a bare proxy in Fastify 5 and undici that checks nothing",
  start: async ({ upstream, core, folder, nodeArguments }) => {
    const port = await freePort();
    const child = launch({
      command: process.execPath,
      args: [...nodeArguments, program, String(port), String(upstream)],
      core,
      env: { NODE_ENV: "production" },
      log: join(folder, "fastify.log"),
    });
    await answering("the Fastify proxy", port, child);
    return { port, headers: {}, process: child, stop: () => stop(child) };
  },
};
