import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Backend, Rulebook } from "#charter";
import { type Destination, openDialler } from "#egress";
import { createLlamaEngine, createOpenAiEngine, type Engine, ensureDemoModel, inspectGguf, withReliability } from "#engines";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { readCredential } from "./credentials.ts";
import { version } from "./place.ts";

export interface EngineSources {
  readonly data: string;
  /** A registered model file by its name, with the digest that it was registered with; undefined = not registered. */
  readonly modelFile: (name: string) => { readonly path: string; readonly sha256: string } | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Something the operator should know, in one line. */
  readonly warn: (message: string) => void;
  readonly onBug: (bug: unknown) => void;
}

interface Running {
  readonly fingerprint: string;
  readonly engine: Engine;
}

/** Engines for a rule book that is not in force yet. */
export interface PreparedEngines {
  /** Puts them in use. What comes back closes those that are no longer wanted, once what runs on them has finished. */
  use(): () => Promise<void>;
  /** Closes what was opened for nothing. */
  discard(): Promise<void>;
}

/** The engines of the estate in force. A reload keeps those whose backend has not changed, with their connections, queues and loaded models. */
export class EngineRoom {
  readonly #sources: EngineSources;
  #running = new Map<string, Running>();

  constructor(sources: EngineSources) {
    this.#sources = sources;
  }

  get engines(): ReadonlyMap<string, Engine> {
    return new Map([...this.#running].map(([name, { engine }]) => [name, engine]));
  }

  /** Opens what is new beside what is in use. On a fault nothing is left open that was opened for it. */
  async prepare(rulebook: Rulebook): Promise<Result<PreparedEngines, readonly Fault[]>> {
    const next = new Map<string, Running>();
    const opened: Engine[] = [];
    const faults: Fault[] = [];
    for (const backend of rulebook.estate.backends) {
      const credential = backend.credential === undefined ? ok(undefined) : readCredential(backend.credential, this.#sources.environment);
      if (!credential.ok)
        this.#sources.warn(
          `backend ${backend.name}: ${credential.error.message} Nothing is sent to it until it can be read; then ${backend.credential?.kind === "file" ? "run freehold reload" : "start again"}.`,
        );
      const secret = credential.ok ? credential.value : undefined;
      const fingerprint = JSON.stringify([backend, secret, onOwnSite(backend, rulebook)]);
      const kept = this.#running.get(backend.name);
      if (kept?.fingerprint === fingerprint) {
        next.set(backend.name, kept);
        continue;
      }
      const engine = await this.#open(backend, secret, rulebook);
      if (engine.ok) {
        next.set(backend.name, { fingerprint, engine: engine.value });
        opened.push(engine.value);
      } else faults.push(engine.error);
    }
    const discard = async (): Promise<void> => {
      await Promise.all(opened.map((engine) => engine.close()));
    };
    if (faults.length > 0) {
      await discard();
      return err(faults);
    }
    const use = (): (() => Promise<void>) => {
      const left = [...this.#running.values()].filter((running) => next.get(running.engine.backend) !== running);
      this.#running = next;
      return async () => {
        await Promise.all(left.map(({ engine }) => engine.close()));
      };
    };
    return ok({ use, discard });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ engine }) => engine.close()));
  }

  async #open(backend: Backend, secret: string | undefined, rulebook: Rulebook): Promise<Result<Engine, Fault>> {
    const onCircuit = (state: "open" | "closed"): void =>
      this.#sources.warn(
        state === "open" ? `backend ${backend.name}: it failed too often and is left alone for a while` : `backend ${backend.name}: it answers again`,
      );
    const engine = backend.engine === "openai" ? this.#openRemote(backend, secret, rulebook) : await this.#openLocal(backend);
    return engine.ok ? ok(withReliability(engine.value, backend.limits, { onBug: this.#sources.onBug, onCircuit })) : engine;
  }

  #openRemote(backend: Backend, secret: string | undefined, rulebook: Rulebook): Result<Engine, Fault> {
    if (backend.url === undefined) return err(fault("file_invalid", { message: `Backend ${backend.name} has no url.`, param: backend.name }));
    let ca: string | undefined;
    try {
      ca = backend.tls.ca === undefined ? undefined : readFileSync(backend.tls.ca, "utf8");
    } catch {
      return err(fault("file_unreadable", { message: `Backend ${backend.name}: its CA file ${backend.tls.ca} cannot be read.`, param: backend.name }));
    }
    const destination: Destination = {
      name: backend.name,
      url: backend.url,
      tls: { ca, pins: backend.tls.pins },
      timeouts: backend.timeouts,
      allowPrivate: onOwnSite(backend, rulebook),
      ...(backend.credential !== undefined && { credential: () => (secret === undefined ? undefined : `Bearer ${secret}`) }),
    };
    try {
      const dialler = openDialler({
        destinations: [destination],
        version,
        onBlocked: ({ reason, detail }) => this.#sources.warn(`backend ${backend.name}: a connection was refused by the egress guard: ${reason} ${detail}`),
        onBug: this.#sources.onBug,
      });
      return ok(
        createOpenAiEngine({
          backend,
          dialler,
          ...(secret !== undefined && { secret }),
          onEvent: ({ reason, phase, detail, requestId }) =>
            this.#sources.warn(`backend ${backend.name}: ${reason} in ${phase} (${detail}), request ${requestId}`),
        }),
      );
    } catch (error) {
      const why = error instanceof TypeError ? error.message : "it cannot be opened";
      return err(fault("file_invalid", { message: `Backend ${backend.name}: ${why}.`, param: backend.name }));
    }
  }

  async #openLocal(backend: Backend): Promise<Result<Engine, Fault>> {
    const paths = new Map<string, string>();
    for (const served of backend.models) {
      const path = await this.#weightsOf(served.weights);
      if (!path.ok) return path;
      paths.set(served.weights ?? "", path.value);
    }
    return createLlamaEngine({
      backend,
      modelPath: (weights) => paths.get(weights) ?? weights,
      onEvent: ({ kind, detail }) => {
        if (kind !== "loading" && kind !== "ready" && kind !== "llama.cpp") this.#sources.warn(`backend ${backend.name}: its model process ${kind}: ${detail}`);
      },
    });
  }

  /** `builtin:demo`, the name of a registered file, or a path. */
  async #weightsOf(weights: string | undefined): Promise<Result<string, Fault>> {
    if (weights === undefined) return err(fault("file_invalid", { message: "A model of a llama.cpp backend needs weights.", param: "weights" }));
    if (weights === "builtin:demo") return ensureDemoModel(this.#sources.data);
    const registered = this.#sources.modelFile(weights);
    return registered === undefined ? ok(resolve(weights)) : verified(weights, registered);
  }
}

/** Weights that changed since they were registered are not the ones whose provenance was judged. */
async function verified(name: string, { path, sha256 }: { readonly path: string; readonly sha256: string }): Promise<Result<string, Fault>> {
  const found = await inspectGguf(path);
  if (!found.ok) return found;
  if (found.value.sha256 === sha256) return ok(path);
  return err(
    fault("model_file_invalid", { message: `The weights ${name} at ${path} are not those that were registered: their digest has changed.`, param: name }),
  );
}

/** A backend on one of the estate's own sites may have a name that resolves to a private address. */
const onOwnSite = (backend: Backend, rulebook: Rulebook): boolean => {
  const site = rulebook.estate.sites.find(({ name }) => name === backend.site);
  return site !== undefined && rulebook.registry.parties.get(site.operator)?.self === true;
};
