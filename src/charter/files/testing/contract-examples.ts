/** The example of a charter in the contract with the users, word for word: it parses without a fault, always. */
export const exampleCharter = `charter: 1                              # schema version
organisation: { name: Stadtwerke Musterstadt, country: DE, ai-act-role: deployer }

jurisdictions:                          # who is protected by which law, and where their data may be processed
  eu: { law: eu-gdpr, people-in: [EEA], process-in: [EEA] }
  uk: { law: uk-gdpr, people-in: [GB],  process-in: [GB] }
unknown-origin: refuse                  # or a jurisdiction's name

zones:                                  # kinds of destination, told by facts, never by brand
  own:      { operated-by: [self] }
  european: { located-in: [EEA], compellable-by: [EEA] }

data:                                   # ordered: public < pseudonymised < sensitive < secret
  public:        { may-go-to: [own, european] }
  pseudonymised: { may-go-to: [own, european] }
  sensitive:     { may-go-to: [own], or-after: pseudonymise }
  secret:        { may-go-to: [] }

provenance:                             # where the parts come from; what falls outside needs an accepted risk
  models:   { developed-in: [EEA, CH] }
  hardware: { made-by: [EEA] }

accepted-risks:
  - { id: nvidia, concerns: "hardware:nvidia", reason: "No European accelerator serves this yet.", accepted-by: CISO, until: 2027-06-30 }

ledger:   { before-egress: true, keep: 13 months }
content:  { keep: none }                # prompts and answers are not stored unless this says so
recovery: { dump-every: 6h, keep: { daily: 7, weekly: 5, monthly: 12 }, copies: 2, prove-every: 7d }
`;

/** The example of an estate, word for word. */
export const exampleEstate = `estate: 1
environment: production
trusted-proxies: [10.0.0.0/8]           # may assert x-freehold-origin
parties:                                # adds to, or overrides, the shipped registry
  stadtwerke: { name: Stadtwerke Musterstadt GmbH, country: DE, parent: none, self: true, as-of: 2026-11-01, source: commercial register }
                                        # parent: none | a party; left out = unknown; also holders: [{ party, share }]
sites:
  keller: { country: DE, region: de-nw, operator: stadtwerke }
backends:                               # what answers; a model name may have several, tried in this order
  - name: local
    engine: llama.cpp                   # in process
    site: keller
    hardware: []                        # makers of its accelerators, as parties, e.g. [nvidia]; [] = none; left out = unknown
    models: { assistant: { weights: "builtin:demo" } }
  - name: vllm
    engine: openai                      # any OpenAI-compatible HTTP endpoint
    url: http://10.0.0.7:8000/v1
    site: keller
    hardware: [nvidia]
    models: { assistant: { served-as: mistral-small, model: mistral-small-3.2 } }   # model: an entry below or in the registry
  - name: mistral
    engine: openai
    operator: mistral                   # a party: own or of the registry
    located-in: [FR]
    hardware: [nvidia]
    url: https://api.mistral.ai/v1
    credential: env:MISTRAL_API_KEY
    models: { assistant: { served-as: mistral-small-latest, model: mistral-small-3.2, price: { input: 0.10, output: 0.30, currency: EUR, per: 1M } } }
models:                                 # provenance of weights
  mistral-small-3.2: { developer: mistral, licence: Apache-2.0, weights: open }
stores:                                 # where dumps are kept
  - { name: local, kind: directory, path: ./backups, site: keller }
  - { name: box, kind: sftp, url: "sftp://u1@box.example/freehold", operator: hetzner, located-in: [DE], credential: "file:/run/secrets/box" }
telemetry: []                           # OTLP, syslog, webhooks: none by default; each is judged like everything else
`;
