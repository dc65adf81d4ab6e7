/**
 * Keys in the shape of each vendor's, for tests: put together from pieces so that scanners for leaked keys do not report this file. The
 * bodies are counted out by a fixed generator and belong to nobody.
 */
function body(alphabet: string, length: number, seed: number): string {
  let state = seed * 2654435761 + 12345;
  let text = "";
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    text += alphabet[(state >>> 11) % alphabet.length];
  }
  return text;
}

const digits = "0123456789";
const alnum = `abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ${digits}`;
const upper = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${digits}`;
const hex = `${digits}abcdef`;

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const label = ["PRIVATE", "KEY"].join(" ");

const pem = (kind: string): string => {
  const dashes = "-".repeat(5);
  return `${dashes}BEGIN ${kind}${label}${dashes}\n${body(alnum, 64, 7)}\n${body(alnum, 40, 8)}\n${dashes}END ${kind}${label}${dashes}`;
};

/** Scheme and example. */
export const keyExamples: readonly (readonly [subtype: string, key: string])[] = [
  ["freehold.key", ["fh", body(alnum, 40, 1)].join("_")],
  ["anthropic.api_key", ["sk", "ant", "api03", body(alnum, 93, 2)].join("-")],
  ["openai.api_key", ["sk", "proj", body(alnum, 120, 3)].join("-")],
  ["openai.api_key", ["sk", body(alnum, 48, 4)].join("-")],
  ["huggingface.token", ["hf", body(alnum, 34, 5)].join("_")],
  ["groq.api_key", ["gsk", body(alnum, 52, 6)].join("_")],
  ["google.api_key", ["AI", "za", body(alnum, 35, 7)].join("")],
  ["aws.access_key_id", ["AK", "IA", body(upper, 16, 8)].join("")],
  ["aws.access_key_id", ["AS", "IA", body(upper, 16, 9)].join("")],
  ["github.pat", ["ghp", body(alnum, 36, 10)].join("_")],
  ["github.oauth", ["gho", body(alnum, 36, 11)].join("_")],
  ["github.user_token", ["ghu", body(alnum, 36, 12)].join("_")],
  ["github.server_token", ["ghs", body(alnum, 36, 13)].join("_")],
  ["github.refresh_token", ["ghr", body(alnum, 36, 14)].join("_")],
  ["github.fine_grained_pat", ["github", "pat", body(alnum, 22, 15), body(alnum, 59, 16)].join("_")],
  ["gitlab.pat", ["glpat", body(alnum, 20, 17)].join("-")],
  ["slack.token", ["xoxb", body(digits, 12, 18), body(digits, 13, 19), body(alnum, 24, 20)].join("-")],
  ["slack.token", ["xoxp", body(digits, 12, 21), body(digits, 12, 22), body(alnum, 32, 23)].join("-")],
  ["stripe.key", ["sk", "live", body(alnum, 24, 24)].join("_")],
  ["stripe.key", ["rk", "live", body(alnum, 24, 25)].join("_")],
  ["sendgrid.key", ["SG", body(alnum, 22, 26), body(alnum, 43, 27)].join(".")],
  ["twilio.key", ["S", "K", body(hex, 32, 28)].join("")],
  ["npm.token", ["npm", body(alnum, 36, 29)].join("_")],
  ["pypi.token", ["pypi", `AgEIcHlwaS5vcmc${body(alnum, 80, 30)}`].join("-")],
  ["digitalocean.token", ["dop", "v1", body(hex, 64, 31)].join("_")],
  ["vault.service_token", ["hvs", body(alnum, 90, 32)].join(".")],
  ["azure.client_secret", [body(alnum, 3, 33), "8", "Q", "~", body(alnum, 34, 34)].join("")],
  ["telegram.bot_token", [body(`123456789`, 9, 35), `AA${body(alnum, 33, 36)}`].join(":")],
  ["docker.pat", ["dckr", "pat", body(alnum, 27, 37)].join("_")],
  ["sentry.token", ["sntryu", body(hex, 64, 38)].join("_")],
  ["webhook_url", ["https://hooks.slack", `com/services/T${body(upper, 8, 39)}/B${body(upper, 8, 40)}/${body(alnum, 24, 41)}`].join(".")],
  ["together.api_key", ["tgp", "v1", body(alnum, 43, 50)].join("_")],
  ["elevenlabs.api_key", ["sk", body(hex, 48, 51)].join("_")],
  ["pinecone.api_key", ["pcsk", body(alnum, 6, 52), body(alnum, 63, 53)].join("_")],
  ["langfuse.secret_key", ["sk-lf", body(hex, 8, 54), body(hex, 4, 55), body(hex, 4, 56), body(hex, 4, 57), body(hex, 12, 58)].join("-")],
  ["aws.session_token", ["IQoJb3Jp", `Z2lu${body(alnum, 200, 59)}`].join("")],
  ["google.refresh_token", ["1/", `/0${body(alnum, 60, 60)}`].join("")],
  ["exoscale.access_key", ["EX", `O${body(hex, 24, 61)}`].join("")],
  ["upcloud.token", ["ucat", body(upper, 26, 62)].join("_")],
  ["aiven.password", ["AVNS", body(alnum, 20, 63)].join("_")],
  ["neon.api_key", ["napi", body(hex, 64, 64)].join("_")],
  ["supabase.secret_key", ["sb", "secret", body(alnum, 31, 65)].join("_")],
  ["netlify.token", ["nfp", body(alnum, 36, 66)].join("_")],
  ["terraform.token", [body(alnum, 14, 67), "atlasv1", body(alnum, 67, 68)].join(".")],
  ["azure.ai_key", [body(alnum, 52, 69), "JQQJ99BC", body(alnum, 24, 70)].join("")],
  ["azure.devops_pat", [body(alnum, 76, 71), "AZDO", body(alnum, 4, 72)].join("")],
  ["gitea.oauth_secret", ["gto", body("abcdefghijklmnopqrstuvwxyz234567", 52, 73)].join("_")],
  ["circleci.token", ["CCIPAT", body(alnum, 22, 74), body(hex, 40, 75)].join("_")],
  ["sonar.token", ["squ", body(hex, 40, 76)].join("_")],
  ["nuget.api_key", ["oy", `2${body("abcdefghijklmnopqrstuvwxyz234567", 43, 77)}`].join("")],
  ["matrix.access_token", ["syt", body(alnum, 12, 78), body(alnum, 20, 79), body(alnum, 6, 80)].join("_")],
  ["resend.api_key", ["re", body(alnum, 8, 81), body(alnum, 24, 82)].join("_")],
  ["brevo.smtp_key", ["xsmtpsib", body(hex, 64, 83), body(alnum, 16, 84)].join("-")],
  ["mailgun.api_key", [body(hex, 32, 85), body(hex, 8, 86), body(hex, 8, 87)].join("-")],
  ["mailchimp.api_key", [body(hex, 32, 88), "us21"].join("-")],
  ["discord.bot_token", [`MT${body(alnum, 24, 89)}`, body(alnum, 6, 90), body(alnum, 38, 91)].join(".")],
  ["airtable.token", [`pat${body(alnum, 14, 92)}`, body(hex, 64, 93)].join(".")],
  ["mollie.api_key", ["live", body(alnum, 30, 94)].join("_")],
  ["gocardless.token", ["sandbox", body(alnum, 40, 95)].join("_")],
  ["sumup.secret_key", ["sup", "sk", body(alnum, 32, 96)].join("_")],
  ["dynatrace.token", ["dt0s01", body(upper, 24, 97), body(upper, 64, 98)].join(".")],
  ["grafana.api_key", ["eyJr", `Ijoi${body(alnum, 90, 99)}`].join("")],
  ["1password.secret_key", ["A3", body(upper, 6, 100), body(upper, 6, 101), ...[102, 103, 104, 105].map((seed) => body(upper, 5, seed))].join("-")],
  ["openshift.token", ["sha256", body(alnum, 43, 106)].join("~")],
  ["jwt", [base64url({ alg: "HS256", typ: "JWT" }), base64url({ sub: "1234567890", name: "n" }), body(alnum, 43, 42)].join(".")],
  ["private_key", pem("")],
  ["private_key", pem("RSA ")],
  ["private_key", pem("OPENSSH ")],
  ["private_key", pem("EC ").replaceAll("\n", "\\n")],
];
