import type { StatusView } from "#admin";

export interface PageFacts {
  readonly organisation: string;
  readonly environment: string;
  readonly version: string;
  readonly ready: boolean;
  readonly ledgerSize: number;
  readonly charter: string;
  readonly backends: StatusView["backends"];
  readonly curl: string;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const html = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? "");

const style = `
:root { color-scheme: light dark; --ink: light-dark(#1a2330, #e6ebf2); --soft: light-dark(#5b6675, #9aa7b8); --line: light-dark(#dde3ea, #2c3645); --paper: light-dark(#fbfcfd, #121821); --card: light-dark(#fff, #1a222e); --good: light-dark(#1d6b45, #63c997); --bad: light-dark(#a4262c, #ff8d8d); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.05rem; margin: 2.25rem 0 .6rem; }
p.lead { color: var(--soft); margin: .35rem 0 0; }
section.card, table { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.5rem; margin: 0; padding: 1rem 1.25rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: separate; border-spacing: 0; width: 100%; overflow: hidden; }
th, td { text-align: left; padding: .6rem 1.25rem; border-top: 1px solid var(--line); } thead th { border-top: 0; color: var(--soft); font-weight: 500; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem; overflow-x: auto; font: .875rem/1.5 ui-monospace, monospace; margin: 0; }
.good { color: var(--good); } .bad { color: var(--bad); } code { font: .9em ui-monospace, monospace; } a { color: inherit; }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .9rem; } footer code { white-space: nowrap; }
@media (max-width: 40rem) {
  thead { display: none; }
  tr + tr td:first-child { border-top: 1px solid var(--line); }
  td { display: grid; grid-template-columns: 6.5rem 1fr; border: 0; padding: .3rem 1.25rem; overflow-wrap: anywhere; }
  td:first-child { padding-top: .8rem; } td:last-child { padding-bottom: .8rem; }
  td[data-name]::before { content: attr(data-name); color: var(--soft); }
}`;

const cell = (name: string, content: string): string => `<td data-name="${name}"><span>${content}</span></td>`;

function backendRow(backend: PageFacts["backends"][number]): string {
  const state =
    backend.state === "down"
      ? `<span class="bad">down</span>`
      : `<span class="good">${html(backend.state === "unknown" ? "not asked yet" : backend.state)}</span>`;
  const models = backend.models.map((model) => `<code>${html(model)}</code>`).join(", ");
  const load = `${backend.active} running, ${backend.queued} waiting`;
  return `<tr>${cell("Backend", html(backend.backend))}${cell("Models", models)}${cell("State", state)}${cell("Load", load)}</tr>`;
}

/** The page that `/` shows to a browser: what this instance is, what it can answer, and how to ask it. Nothing on it is loaded from elsewhere. */
export function homePage(facts: PageFacts): string {
  const state = facts.ready ? `<span class="good">ready</span>` : `<span class="bad">not ready</span>`;
  const rows =
    facts.backends.length === 0
      ? `<tr><td colspan="4">No backends yet. Add one under <code>backends:</code> in estate.yaml, then run <code>freehold reload</code>.</td></tr>`
      : facts.backends.map(backendRow).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Freehold · ${html(facts.organisation)}</title><style>${style}</style></head>
<body><main>
<h1>Freehold</h1><p class="lead">Nothing leaves that the charter of ${html(facts.organisation)} does not allow, and nothing leaves unrecorded.</p>
<h2>This instance</h2>
<section class="card"><dl><dt>State</dt><dd>${state}</dd><dt>Environment</dt><dd>${html(facts.environment)}</dd><dt>Ledger</dt><dd>${facts.ledgerSize} ${facts.ledgerSize === 1 ? "entry" : "entries"}</dd><dt>Charter</dt><dd><code>${html(facts.charter)}</code></dd><dt>Version</dt><dd>${html(facts.version)}</dd></dl></section>
<h2>Backends and models</h2>
<table><thead><tr><th>Backend</th><th>Models</th><th>State</th><th>Load</th></tr></thead><tbody>${rows}</tbody></table>
<h2>Ask it</h2>
<pre>${html(facts.curl)}</pre>
<footer>State for machines: <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a>. The documentation lies in the package's <code>docs/</code> folder; <code>freehold --help</code> lists the commands.</footer>
</main></body></html>
`;
}
