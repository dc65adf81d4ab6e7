import { isPlainAcrossNetworks } from "./addresses.ts";
import { isEverything } from "./networks.ts";
import type { FilePath } from "./paths.ts";
import { entriesOf, isMap, itemsOf, memberOf, textOf } from "./plain-content.ts";
import type { Report } from "./report.ts";
import { didYouMean, quoted } from "./spelling.ts";

/** What must hold across an estate, beyond the form of each value. Takes any content, since a file with faults is looked at too. */
export function checkEstateRules(content: unknown, report: Report): void {
  const backends = itemsOf(memberOf(content, "backends"));
  const sites = new Set(entriesOf(memberOf(content, "sites")).map(([name]) => name));
  checkProxies(content, report);
  checkParties(content, report);
  for (const [id, model] of entriesOf(memberOf(content, "models"))) checkDates(model, ["models", id], report);
  for (const list of ["backends", "stores", "telemetry"]) {
    const entries = itemsOf(memberOf(content, list));
    checkNames(list, entries, report);
    for (const [index, entry] of entries.entries()) checkSite([list, index], entry, sites, report);
  }
  if (isMap(content) && backends.length === 0) report.warning(["backends"], "there are no backends, so nothing can answer", "add one under backends");
  for (const [index, backend] of backends.entries()) if (isMap(backend)) checkBackend(["backends", index], backend, report);
  for (const [index, store] of itemsOf(memberOf(content, "stores")).entries()) if (isMap(store)) checkStore(["stores", index], store, report);
}

function checkProxies(content: unknown, report: Report): void {
  for (const [index, network] of itemsOf(memberOf(content, "trusted-proxies")).entries()) {
    if (typeof network === "string" && isEverything(network)) {
      report.warning(["trusted-proxies", index], "everybody may assert an origin from here", "name the networks of your own proxies");
    }
  }
}

const reserved: Readonly<Record<string, string>> = { self: "charters use it for the organisation itself", none: "parent: none means that nobody is above" };

function checkParties(content: unknown, report: Report): void {
  for (const [id, party] of entriesOf(memberOf(content, "parties"))) {
    const meaning = Object.hasOwn(reserved, id) ? reserved[id] : undefined;
    if (meaning !== undefined)
      report.keyError(["parties", id], `${id} cannot be the id of a party: ${meaning}`, "choose another id, and write self: true for your own organisation");
    if (memberOf(party, "parent") === id) report.error(["parties", id, "parent"], "a party cannot be its own parent", "write none where nobody is above it");
    if (memberOf(party, "parent") === "self")
      report.error(["parties", id, "parent"], "a parent is named by its id", "the id of the party that says self: true");
    checkDates(party, ["parties", id], report);
  }
}

function checkDates(facts: unknown, path: FilePath, report: Report): void {
  const asOf = textOf(memberOf(facts, "as-of"));
  const until = textOf(memberOf(facts, "until"));
  if (asOf !== undefined && until !== undefined && until < asOf)
    report.error([...path, "until"], "until lies before as-of", "the last day comes after the day of the fact");
}

function checkNames(list: string, entries: readonly unknown[], report: Report): void {
  const seen = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const name = textOf(memberOf(entry, "name"));
    if (name === undefined) continue;
    const first = seen.get(name);
    if (first !== undefined) report.error([list, index, "name"], `${quoted(name)} is already the name of ${list}[${first}]`, "give each a name of its own");
    else seen.set(name, index);
  }
}

function checkSite(path: FilePath, entry: unknown, sites: ReadonlySet<string>, report: Report): void {
  const site = textOf(memberOf(entry, "site"));
  if (site !== undefined && !sites.has(site)) {
    report.error([...path, "site"], `${quoted(site)} is not a site of this estate`, didYouMean(site, [...sites]) ?? "define it under sites");
  }
}

type Entry = Readonly<Record<string, unknown>>;

function checkBackend(path: FilePath, backend: Entry, report: Report): void {
  const url = textOf(backend.url);
  if (backend.engine === "openai") {
    if (!("url" in backend)) report.error([...path, "url"], "url is missing", "the base address of its API, such as https://api.mistral.ai/v1");
    if (url !== undefined && isPlainAcrossNetworks(url)) report.warning([...path, "url"], "http sends everything readable across the network", "use https");
    if (url?.startsWith("http:") && "tls" in backend) report.error([...path, "tls"], "tls has no meaning with http", "write https in url, or remove tls");
  }
  if (backend.engine === "llama.cpp") {
    for (const key of ["url", "credential", "tls"]) {
      if (key in backend) report.keyError([...path, key], `${key} has no meaning in this process`, "remove it, or use engine: openai");
    }
  }
  checkServedModels(path, backend, report);
}

function checkServedModels(path: FilePath, backend: Entry, report: Report): void {
  const models = entriesOf(backend.models);
  if (isMap(backend.models) && models.length === 0)
    report.error([...path, "models"], "a backend serves at least one model", "models: { assistant: { served-as: NAME } }");
  for (const [name, served] of models) {
    if (!isMap(served)) continue;
    const at = [...path, "models", name];
    const weights = textOf(served.weights);
    if (backend.engine === "llama.cpp" && !("weights" in served))
      report.error([...at, "weights"], "weights is missing", "builtin:demo, or the path of a GGUF file");
    if (backend.engine === "openai" && "weights" in served)
      report.keyError([...at, "weights"], "weights belong to an engine in this process", "name the weights with model: ID");
    if (weights?.startsWith("builtin:") && weights !== "builtin:demo")
      report.error([...at, "weights"], `${quoted(weights)} does not exist`, "builtin:demo is the only one");
  }
}

function checkStore(path: FilePath, store: Entry, report: Report): void {
  if (store.kind === "directory" && !("path" in store)) report.error([...path, "path"], "path is missing", "the folder that dumps are written to");
  if (typeof store.kind === "string" && store.kind !== "directory" && !("url" in store))
    report.error([...path, "url"], "url is missing", "the address of the store");
}
