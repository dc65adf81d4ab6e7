// The load generator's process: takes jobs as messages, one at a time, and answers each with its report. It ends with its parent.
import { closed } from "./closed.ts";
import type { Job } from "./job.ts";
import { paced } from "./paced.ts";

function requestOf({ port, headers, body }: Job): Buffer {
  const bytes = Buffer.from(body);
  const all = { host: `127.0.0.1:${port}`, "content-type": "application/json", "content-length": bytes.length, accept: "*/*", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST /v1/chat/completions HTTP/1.1\r\n${lines.join("")}\r\n`), bytes]);
}

process.on("disconnect", () => process.exit(0));
process.on("message", (job: Job) => {
  const run = job.kind === "closed" ? closed : paced;
  void run(job, requestOf(job)).then((report) => process.send?.(report));
});
