/** What a name says about its value: a password that a person chose, or a key or token that a machine made. */
export type SecretKind = "password" | "key";

const passwordName =
  /(?:pass(?:word|wort|wd|phrase|code)|(?:^|[_.-])pass|(?:^|[_.-])pwd|userpwd|dbpwd|kennwort|contrase[nñ]a|hasł?l?o|wachtwoord|senha|salasana|lösenord|adgangskode|passord|heslo|jelsz[oó]|parola|(?:^|de[_-]?)passe|κωδικός|парола|пароль)$/;

const keyName =
  /(?:secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|account[_-]?key|private[_-]?key|secret[_-]?key|signing[_-]?key|encryption[_-]?key|master[_-]?key|shared[_-]?key|license[_-]?key|subscription[_-]?key|webhook[_-]?key|credentials?|authorization|sharedaccesskey|accountkey|apikey|schlüssel)$/;

/** Endings that make of it something about a secret instead of the secret. */
const about =
  /(?:tokens|[_.-]?(?:ids?|counts?|limits?|types?|names?|urls?|uris?|paths?|files?|length|size|expir\w*|ttl|budget|usage|hint|label|hash|version|endpoint|header|field|policy|rotation|env|ref))$/;

/** Names of pagination and parsing that end like secrets and hold none. */
const innocent =
  /^(?:next|page|pagination|continuation|sync|cursor|csrf|max|stop|pad|eos|bos|unk|mask|sep|cls|special|primary|foreign|sort|partition|public|cache|row|dict|hot|object|idempotency|dedupe)[_-]?(?:page[_-]?)?(?:token|key)$/;

/** What the name of a variable, field or label says; undefined when nothing. Names over 64 characters are judged by their end. */
export function secretKindOf(name: string): SecretKind | undefined {
  if (name.length < 3) return undefined;
  const plain = (name.length > 64 ? name.slice(-64) : name).toLowerCase().replace(/[_-]?\d{1,4}$/, "");
  if (about.test(plain) || innocent.test(plain)) return undefined;
  if (passwordName.test(plain)) return "password";
  return keyName.test(plain) ? "key" : undefined;
}

const vendors: readonly (readonly [RegExp, string])[] = [
  [/aws|amazon/, "aws.secret"],
  [/azure|accountkey|sharedaccess|arm_client/, "azure.secret"],
  [/mistral/, "mistral.api_key"],
  [/google|gcp|firebase/, "google.secret"],
  [/openai/, "openai.api_key"],
  [/twilio/, "twilio.secret"],
  [/cloudflare|\bcf_/, "cloudflare.secret"],
  [/ovh/, "ovh.secret"],
  [/scaleway|scw/, "scaleway.secret"],
  [/hetzner|hcloud/, "hetzner.secret"],
  [/ionos/, "ionos.secret"],
  [/stackit/, "stackit.secret"],
  [/cohere/, "cohere.api_key"],
  [/deepseek/, "deepseek.api_key"],
  [/gitlab/, "gitlab.secret"],
  [/github/, "github.secret"],
];

/** The scheme of a secret that only its name tells. */
export function schemeOf(name: string, kind: SecretKind): string {
  if (kind === "password") return "password";
  const plain = name.toLowerCase();
  return vendors.find(([pattern]) => pattern.test(plain))?.[1] ?? "generic";
}
