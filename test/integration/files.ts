/** A charter with two zones, as most tests use it: own takes all but secrets, european takes what is public. */
export const charter = `charter: 1
organisation: { name: Test House, country: DE }
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
`;

/** The same, but sensitive text may leave pseudonymised. */
export const charterWithPseudonyms = charter.replace("sensitive: { may-go-to: [own] }", "sensitive: { may-go-to: [], or-after: pseudonymise }");

interface BackendText {
  readonly name: string;
  readonly url: string;
  /** `own` stands on a site of ours; `european` is a French provider; `american` is a US provider with a machine in Germany. */
  readonly kind: "own" | "european" | "american";
  readonly models?: string;
  /** Further lines of YAML, e.g. `timeouts: { first-byte: 1s }`. */
  readonly more?: readonly string[];
}

const whereOf = { own: "site: cellar", european: "operator: lumiere\n    located-in: [FR]", american: "operator: stars\n    located-in: [DE]" } as const;

export function estateWith(backends: readonly BackendText[], more = ""): string {
  const rows = backends.map(
    ({ name, url, kind, models = "{ assistant: { served-as: served } }", more: lines = [] }) => `  - name: ${name}
    engine: openai
    url: ${url}
    ${whereOf[kind]}
    hardware: []
    models: ${models}
${lines.map((line) => `    ${line}\n`).join("")}`,
  );
  return `estate: 1
environment: test
parties:
  ours: { name: Test House, country: DE, parent: none, self: true, as-of: 2026-11-01, source: register }
  lumiere: { name: Lumiere SAS, country: FR, parent: none, as-of: 2026-11-01, source: register }
  stars: { name: Stars GmbH, country: DE, parent: stars-inc, as-of: 2026-11-01, source: register }
  stars-inc: { name: Stars Inc, country: US, parent: none, as-of: 2026-11-01, source: register }
sites:
  cellar: { country: DE, operator: ours }
backends:
${rows.join("")}${more}`;
}
