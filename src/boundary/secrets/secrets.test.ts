import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "../detector.ts";

const detector = createDetector();

/** Put together from pieces, so that scanners for leaked keys do not report this file. */
const joined = (...pieces: readonly string[]): string => pieces.join("");
const random = joined("b7d0c2e94f8a6135", "7e9b0d2cQ1");
const uuid = joined("3f9c1d2e-7b5a-4c6d", "-8e7f-9a0b1c2d3e4f");

/** Texts in which « » mark the secret. */
const secrets: readonly string[] = [
  // Logins
  "curl -u deploy:«yqDVtkqPECriaLRi» https://example.org",
  "curl --user 'deploy:«pRf7vG2h1L8n»' https://example.org",
  "localhost:5432:shop:clerk:«n0tInTheBook»",
  "*:*:*:clerk:«n0tInTheBook»\n",
  "dsn: clerk:«n0tInTheBook»@tcp(10.1.2.3:3306)/shop",
  "machine git.example.org login jan password «n0tInTheBook»",
  "machine git.example.org\n  login jan\n  password «correcthorse»",
  `git clone https://«${random}»:x-oauth-basic@git.example.org/r.git`,
  `git clone https://oauth2:«${random}»@git.example.org/r.git`,
  "redis://:«s3cr3tP4ss»@cache.internal:6379/0",
  "mongodb+srv://app:«s3cr3tP4ss»@cluster0.example.net/db",
  "jdbc:postgresql://db/x?user=app&password=«s3cr3tP4ss»&ssl=true",
  "Server=db;Database=shop;User Id=app;Password=«s3cr3tP4ss»;Encrypt=yes",
  "mysql --host db --password «s3cr3tP4ss» shop",
  "sshpass --password='«s3cr3tP4ss»' ssh host",
  `BUNDLE_GEMS__EXAMPLE__COM=«clerk:n0tInTheBook»`,
  // Sentences
  "the password is «Sommer2024!»",
  "Das Passwort lautet «Sommer2024!», bitte nicht weitergeben",
  "mon mot de passe est «Soleil#42x».",
  "mi contraseña es «Verano_2023x»",
  "hasło to «Zima2024!»",
  "password «Tr0ub4dor#3»",
  `our API key is «${random}» for now`,
  `der API-Schlüssel: «${random}»`,
  `clé API «${random}»`,
  // Names and values apart
  '<add key="DbPassword" value="«s3cr3tP4ss»" />',
  "- name: DB_PASSWORD\n  value: «s3cr3tP4ss»",
  '{"name": "API_TOKEN", "value": "«9f8b2c71d4e6a05b3c1f»"}',
  `vault login --token «${random}»`,
  `some-tool --api-key "«${random}»"`,
  // Names
  `HEROKU_KEY=«${uuid}»`,
  `mySecretString=«${random}AZx»`,
  `user_auth: "«${random}AZx»"`,
  `//registry.example.org/:_authToken=«${random}»`,
  `OVH_CONSUMER_KEY=«${random}»`,
  `SCW_SECRET_KEY=«${uuid}»`,
  `INFOMANIAK_TOKEN=«${random}»`,
  `EXOSCALE_API_SECRET=«${random}»`,
  `sonar.login ?= «${random}»`,
  `client-key-data: «${joined("Zm9vYmFyYmF6cXV4", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=")}»`,
  `?sv=2024-11-04&sig=«${joined("q8ZkT3vW9xR4bN6mK1j", "H3gF5dS8aL0cY7uE2pQ%2BxA%3D")}»`,
  // Manifests
  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\ndata:\n  extra: «YWRtaW46cGFzc3dvcmQ=»\n",
  "apiVersion: v1\nstringData:\n  anything: «correct-horse-battery»\nkind: Secret\n",
  // Half of a token is a token where the header is one
  `«${joined("eyJhbGciOiJub25lIn0", ".eyJzdWIiOiJ0ZXN0LXVzZXIifQ.")}»`,
];

/** Texts without a secret in them. */
const harmless: readonly string[] = [
  // Stand-ins
  "api_key = abc123def456ghi789jkl012",
  "api_key=12345678ABCDEFH1234567890",
  "token: 0123456789abcdef0123456789abcdef",
  "password: changeme",
  "password=MyPassword",
  "secret: $" + "{{ secrets.DEPLOY_TOKEN_2 }}",
  "token = var.deploy_token_1",
  "token: $(cat /run/secrets/token1)",
  "api_key: #####################1a",
  `export TOKEN=${random.slice(0, 20)}...`,
  `fakeToken = "${random}"`,
  `nonMatchingKey := "${random}"`,
  `invalid_token: ${random}`,
  "meraki_api_key: acdeFf05b1a6d4c890237bf08c5e6e8d2b4d0f2e",
  "token: 1234-1234-1234-ab",
  // Names of things
  "token = AgencyIdentificationCodeContentType",
  "secret: kubernetes/production/app-config.yaml",
  "image_pull_secret: registry.example.org/app:v1.2.3",
  "token_type: Bearer2EndpointV1x",
  "secret_arn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:x1",
  "password_policy: min12Chars!",
  "session_id: 6f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d5e",
  "exports.findX509Credential = exports.rememberX509Credential",
  "const password = match[1] ?? fallback",
  'token: "Person_K7Q2F9"',
  `api_key: "${joined("FH", "0K7Q2F9ABCDEFGHJK9")}"`,
  // Sentences
  "the password is required",
  "Das Passwort ist falsch, bitte erneut eingeben",
  "password must contain 8 characters",
  "password manager 1Password2 is fine",
  "We discussed the API key rotation in internationalisation-workstream-planning",
  "the secret of commit da39a3ee5e6b4b0d3255bfef95601890afd80709 no",
  "The API key rotates. Next page: CAUQAA",
  // Logins that are none
  "curl -u username:password https://example.org",
  'curl -u "$USER:$PASSWORD" https://example.org',
  "curl -u clerk: https://example.org",
  "10:30:45:12:99",
  "2001:db8:85a3:8d3:1319:8a2e:370:7348x",
  "root:x:0:0:root:/root:/bin/bash",
  "https://clerk@example.org/path",
  // Manifests
  "kind: Secret\nmetadata:\n  name: YWRtaW46cGFzc3dvcmQ=\n",
  "kind: ConfigMap\ndata:\n  extra: YWRtaW46cGFzc3dvcmQ=\n",
  "kind: Secret\ndata:\n  extra: YmFyCg==\n",
  // Tokens that are none
  "task_test_wv2n453hcelu19hm95emjb5lgbcbij",
  `sntrys_${joined("PNaU8CQzVzQZqsPmIYCJvVOKXa1lvpGo30MJNeryZoizeCC6", "miDPnKNos5VAKHURnXO3GHpLoYhNJ10OPYw")}`,
  `bP88Q~${"x".repeat(34)}`,
  `sha256~${"XXXXX_PUT_YOUR_TOKEN_HERE_XXXXXXXXXXXXXXXXX"}`,
  joined("xoxp-1234-1234-1234", "-4ddbc191d40ee098cbaae6f3523ada2d"),
];

const marked = (text: string): { plain: string; start: number; end: number } => ({
  plain: text.replace("«", "").replace("»", ""),
  start: text.indexOf("«"),
  end: text.indexOf("»") - 1,
});

test(`finds each of ${secrets.length} secrets that names, words or places tell, at its exact place`, () => {
  assert.ok(secrets.length >= 40);
  const wrong = secrets.flatMap((text) => {
    const { plain, start, end } = marked(text);
    const found = detector.detect(plain).filter((finding) => finding.type === "secret");
    return found.length === 1 && found[0]?.start === start && found[0].end === end
      ? []
      : [[text, found.map((finding) => plain.slice(finding.start, finding.end))]];
  });
  assert.deepEqual(wrong, []);
});

test(`finds no secret in ${harmless.length} stand-ins, names of things and sentences`, () => {
  assert.ok(harmless.length >= 40);
  const wrong = harmless.flatMap((text) => detector.detect(text).flatMap((finding) => (finding.type === "secret" ? [[finding.rule, text]] : [])));
  assert.deepEqual(wrong, []);
});
