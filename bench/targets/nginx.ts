import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch, stop } from "../children.ts";
import { answering, freePort, type Target } from "./target.ts";

/** One process, connections kept alive on both sides, nothing buffered that streams, nothing logged. */
const configuration = (port: number, upstream: number, folder: string): string => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_max_body_size 32m;
  client_body_buffer_size 1m;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  upstream backend { server 127.0.0.1:${upstream}; keepalive 1024; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port} backlog=2048;
    location / {
      proxy_pass http://backend;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }
  }
}
`;

const versionLine = (): string | undefined => /nginx\/\S+/.exec(spawnSync("nginx", ["-v"], { encoding: "utf8" }).stderr ?? "")?.[0];

/** The floor for a proxy in C that checks nothing. */
export const nginx: Target = {
  name: "nginx",
  description: "a proxy in C that checks nothing",
  missing: () => (versionLine() === undefined ? "nginx is not installed (Debian: apt-get install nginx-light)" : undefined),
  start: async ({ upstream, core, folder }) => {
    const port = await freePort();
    const file = join(folder, "nginx.conf");
    writeFileSync(file, configuration(port, upstream, folder));
    const child = launch({ command: "nginx", args: ["-c", file, "-p", folder, "-e", join(folder, "error.log")], core, log: join(folder, "nginx.log") });
    await answering("nginx", port, child);
    return { port, headers: {}, process: child, stop: () => stop(child) };
  },
};
