// The charter and the estate that Freehold is measured with: a utility that lets personal data go to its own servers alone.

export const charter = `charter: 1
organisation: { name: Bench, country: DE, ai-act-role: deployer }
jurisdictions:
  eu: { law: eu-gdpr, people-in: [EEA], process-in: [EEA] }
  uk: { law: uk-gdpr, people-in: [GB], process-in: [GB] }
unknown-origin: refuse
zones:
  own: { operated-by: [self] }
  european: { located-in: [EEA], compellable-by: [EEA] }
data:
  public: { may-go-to: [own, european] }
  pseudonymised: { may-go-to: [own, european] }
  sensitive: { may-go-to: [own] }
  secret: { may-go-to: [] }
provenance:
  models: { developed-in: [EEA, CH] }
  hardware: { made-by: [EEA] }
accepted-risks: []
ledger: { before-egress: true, keep: 13 months }
content: { keep: none }
recovery: { dump-every: 6h, keep: { daily: 7, weekly: 5, monthly: 12 }, copies: 1, prove-every: 7d }
`;

/**
 * One backend of our own, the upstream, and one of somebody else's that is judged with each request and may not have it: the prompts hold an e-mail
 * address. The upstream knows the models under other names, as most backends do.
 */
export const estate = (upstream: number, models: readonly string[]): string => `estate: 1
environment: bench
limits: { body: 32MB }
parties:
  utility: { name: Bench GmbH, country: DE, parent: none, self: true, as-of: 2026-11-01, source: bench }
sites:
  cellar: { country: DE, region: de-be, operator: utility }
models:
  bench-model: { developer: utility, licence: Apache-2.0, weights: open }
backends:
  - name: elsewhere
    engine: openai
    url: https://bench.invalid/v1
    operator: mistral
    located-in: [FR]
    hardware: []
    models: { ${models.map((name) => `${name}: { served-as: ${name}, model: bench-model }`).join(", ")} }
  - name: own
    engine: openai
    url: http://127.0.0.1:${upstream}/v1
    site: cellar
    hardware: []
    limits: { concurrency: 4096, queue: 4096 }
    models: { ${models.map((name) => `${name}: { served-as: own-${name}, model: bench-model }`).join(", ")} }
`;
