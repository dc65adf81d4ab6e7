/**
 * What a name says about its value: a password that a person chose; a key or token that a machine made; a hint at one; a login, name and
 * password in one; a signature that opens what it signs.
 */
export type SecretKind = "password" | "key" | "hint" | "login" | "signature";

const passwordName =
  /(?:pass(?:word|wort|wd|phrase|code)|(?:^|[_.-])pass|(?:^|[_.-])pwd|userpwd|dbpwd|kennwort|contrase[nñ]a|hasł?l?o|wachtwoord|senha|salasana|lösenord|adgangskode|passord|heslo|jelsz[oó]|parola|(?:^|de[_-]?)passe|κωδικός|парола|пароль)$/;

const keyName =
  /(?:secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|account[_-]?key|private[_-]?key|secret[_-]?key|signing[_-]?key|encryption[_-]?key|master[_-]?key|shared[_-]?key|license[_-]?key|subscription[_-]?key|webhook[_-]?key|consumer[_-]?key|application[_-]?key|deploy[_-]?key|key[_-]?data|(?:^|[_.-])(?:pat|creds?)|credentials?|authorization|sharedaccesskey|accountkey|apikey|schlüssel)$/;

/** Names in which a secret is spoken of, and the ways in which vendors call theirs. */
const hintName =
  /secret|credential|api_?key|auth_?token|(?:access|bearer|refresh|session)[_-]?token|(?:^|[_.-])(?:_?auth|login|bearer|cookie)$|(?:user|registry|docker|npm|proxy)[_-]?auth$/;

/** Endings that make of it something about a secret instead of the secret. */
const about =
  /(?:tokens|[_.-]?(?:ids?|counts?|limits?|types?|names?|urls?|uris?|paths?|files?|length|size|expir\w*|ttl|budget|usage|hint|label|hash|version|endpoint|header|field|policy|rotation|env|ref|arn|status|state|scope|prefix|format|provider|store|manager|digest|checksum|fingerprint))$/;

/** Names of pagination and parsing that end like secrets and hold none. */
const innocent =
  /^(?:next|page|pagination|continuation|sync|cursor|csrf|max|stop|pad|eos|bos|unk|mask|sep|cls|special|primary|foreign|sort|partition|public|cache|row|dict|hot|object|idempotency|dedupe|resume|skip|first|last|start|end)[_-]?(?:page[_-]?)?(?:token|key)$/;

/** Names that say of their value that it is none, as tests and documentation have them. */
const denied = /^(?:non|invalid|fake|dummy|mock|bogus|wrong|sample|example|placeholder|redacted|masked)(?![a-z])/;
const deniedCamel = /^(?:non|invalid|fake|dummy|mock|bogus|wrong|sample|example|placeholder|redacted|masked)[A-Z]/;

/** Bundler keeps the login of a host under the host's name (`BUNDLE_GEMS__EXAMPLE__COM`). */
const bundler = /^bundle_[a-z0-9]+(?:__[a-z0-9]+)+$/;

const vendors: readonly (readonly [RegExp, string])[] = [
  [/aws|amazon/, "aws.secret"],
  [/azure|accountkey|sharedaccess|arm_client/, "azure.secret"],
  [/mistral/, "mistral.api_key"],
  [/aleph_?alpha|aleph-alpha/, "aleph_alpha.token"],
  [/google|gcp|firebase/, "google.secret"],
  [/openai/, "openai.api_key"],
  [/twilio/, "twilio.secret"],
  [/cloudflare|\bcf_/, "cloudflare.secret"],
  [/ovh/, "ovh.secret"],
  [/scaleway|scw/, "scaleway.secret"],
  [/hetzner|hcloud/, "hetzner.secret"],
  [/ionos/, "ionos.secret"],
  [/stackit/, "stackit.secret"],
  [/infomaniak/, "infomaniak.token"],
  [/exoscale|exo_api/, "exoscale.secret"],
  [/upcloud/, "upcloud.secret"],
  [/open_?telekom|otc_/, "otc.secret"],
  [/cohere|co_api/, "cohere.api_key"],
  [/deepseek/, "deepseek.api_key"],
  [/deepl/, "deepl.api_key"],
  [/gitlab/, "gitlab.secret"],
  [/github/, "github.secret"],
  [/gitea|forgejo|codeberg/, "gitea.token"],
  [/adyen/, "adyen.secret"],
  [/mollie/, "mollie.secret"],
  [/snowflake|snowsql/, "snowflake.secret"],
  [/databricks/, "databricks.secret"],
  [/supabase/, "supabase.secret"],
  [/mongo|atlas/, "mongodb.secret"],
  [/datadog|dd_a/, "datadog.secret"],
  [/heroku/, "heroku.secret"],
  [/hubspot/, "hubspot.secret"],
  [/snyk/, "snyk.token"],
  [/sonar/, "sonar.token"],
  [/slack/, "slack.secret"],
  [/discord/, "discord.secret"],
  [/telegram/, "telegram.secret"],
  [/stripe/, "stripe.secret"],
  [/paypal/, "paypal.secret"],
  [/mailgun/, "mailgun.secret"],
  [/postmark/, "postmark.token"],
  [/jira|atlassian|confluence|bitbucket/, "atlassian.secret"],
];

/** `HEROKU_KEY`, `sonarLogin`: a vendor's name before a word that could be anything. */
const vendorWord = /(?:key|login|pat|auth)$/;

/** What all of these names hold: most names are none of them, and one look is enough to know. */
const telling =
  /pass|pwd|kennw|contras|has[lł]|wachtw|senha|salas|lösen|adgang|heslo|jelsz|parola|κωδ|парол|secret|token|key|cred|pat|auth|login|bearer|cookie|schlüssel|bundle_/;

/** What the name of a variable, field or label says; undefined when nothing. Names over 64 characters are judged by their end. */
export function secretKindOf(name: string): SecretKind | undefined {
  if (name.length < 3) return undefined;
  if (name === "sig") return "signature";
  const plain = (name.length > 64 ? name.slice(-64) : name).toLowerCase().replace(/[_-]?\d{1,4}$/, "");
  if (!telling.test(plain)) return undefined;
  if (about.test(plain) || innocent.test(plain) || denied.test(plain) || deniedCamel.test(name)) return undefined;
  if (passwordName.test(plain)) return "password";
  if (keyName.test(plain)) return "key";
  if (hintName.test(plain)) return "hint";
  if (bundler.test(plain)) return "login";
  return vendorWord.test(plain) && vendors.some(([pattern]) => pattern.test(plain)) ? "key" : undefined;
}

/** The scheme of a secret that only its name tells. */
export function schemeOf(name: string, kind: SecretKind): string {
  if (kind === "password") return "password";
  if (kind === "signature") return "azure.shared_access_signature";
  const plain = name.toLowerCase();
  return vendors.find(([pattern]) => pattern.test(plain))?.[1] ?? "generic";
}

/** Vendors whose tokens have one documented form: under their names, a value of another form is no token of theirs. */
const documented: readonly (readonly [name: RegExp, form: RegExp])[] = [
  [/aws.?secret.?access.?key/, /^[A-Za-z0-9/+]{16,40}$/],
  [/telegram.*(?:bot|api).?token/, /^\d{8,10}:[A-Za-z0-9_-]{35}$/],
];

export const contradictsVendor = (name: string, value: string): boolean => {
  const plain = name.toLowerCase();
  return documented.some(([pattern, form]) => pattern.test(plain) && !form.test(value));
};
