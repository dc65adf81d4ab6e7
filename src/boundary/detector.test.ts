import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "./detector.ts";
import { keyExamples } from "./secrets/testing/token-examples.ts";

const detector = createDetector();

/** Type, and a text in which « » mark what is to be found. */
const found: readonly (readonly [type: string, marked: string])[] = [
  // E-mail
  ["email", "Please write to «jane.doe@example.org» today."],
  ["email", "Schreiben Sie an «max.mustermann@stadtwerke-musterstadt.de»."],
  ["email", "Écrivez à «amélie.dupont@exemple.fr», merci"],
  ["email", "kontakt: «ΓΙΩΡΓΟΣ@παράδειγμα.ελ»"],
  ["email", "«a@b.co»"],
  ["email", "<«first.last+tag@sub.example.co.uk»>"],
  ["email", "(«o'brien@example.ie»)"],
  ["email", "mailto:«info@example.eu»?subject=x"],
  ["email", "联系«zhang@example.com»谢谢"],
  ["email", "«user@xn--80ak6aa92e.com» now"],
  ["email", "email=«jan@voorbeeld.nl»&x=1"],
  ["email", "'«jana_novakova@priklad.cz»'"],
  ["email", "SPRAWA: «KONTAKT@URZAD.PL»."],
  ["email", "«person%relay@example.com»"],
  ["email", "مرحبا «user@example.com» شكرا"],
  ["email", "line one\\n«jane@example.org»"],
  // IBAN
  ["iban", "IBAN «DE89 3704 0044 0532 0130 00» bei der Bank"],
  ["iban", "«DE89370400440532013000»"],
  ["iban", "«de89370400440532013000»"],
  ["iban", "compte «FR14 2004 1010 0505 0001 3M02 606»."],
  ["iban", "«GB29 NWBK 6016 1331 9268 19»"],
  ["iban", "«NL91ABNA0417164300»"],
  ["iban", "«AT61 1904 3002 3457 3201»"],
  ["iban", "«BE71 0961 2345 6769»"],
  ["iban", "«PL61-1090-1014-0000-0712-1981-2874»"],
  ["iban", "rachunek: «61 1090 1014 0000 0712 1981 2874»,"],
  ["iban", "«NO9386011117947»"],
  ["iban", "«MT84MALT011000012345MTLCAST001S»"],
  ["iban", "«CH93 0076 2011 6238 5295 7»"],
  ["iban", "«DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000»"],
  ["iban", "«IT60X0542811101000000123456»"],
  ["iban", "«ES91 2100 0418 4502 0005 1332»"],
  ["iban", "Konto «PT50 0002 0123 1234 5678 9015 4»"],
  ["iban", "line one\\n«DE89370400440532013000»"],
  // Cards
  ["card", "Karte «4111 1111 1111 1111» gültig bis 12/29"],
  ["card", "«4111-1111-1111-1111»"],
  ["card", "«4012888888881881»"],
  ["card", "«5555555555554444»"],
  ["card", "«2223000048400011»"],
  ["card", "Amex «3782 822463 10005»"],
  ["card", "«378282246310005»"],
  ["card", "«30569309025904»"],
  ["card", "«6011000400000000»"],
  ["card", "«3528000700000000»"],
  ["card", "«6759649826438453»"],
  ["card", "card number: «4222222222222»"],
  ["card", "tarjeta «6304000000000000»"],
  ["card", "«6200000000000005»"],
  ["card", "line one\\n«4111 1111 1111 1111»"],
  // Phones
  ["phone", "Ruf an: «+49 30 12345678»!"],
  ["phone", "«+49 (0)30 1234567»"],
  ["phone", "call «+44 20 7946 0958»."],
  ["phone", "«+33 6 12 34 56 78»"],
  ["phone", "«+31-6-12345678»"],
  ["phone", "«+4915123020522»"],
  ["phone", "«+390662207294»-en"],
  ["phone", "«0049 30 12345678»"],
  ["phone", "Tel.: «030 1234567»"],
  ["phone", "Telefon «0171/1234567»"],
  ["phone", "Fax: «(030) 123 456-78»"],
  ["phone", "Teléfono: «917 277 000» E-mail"],
  ["phone", "Tfno. «848 42 26 44»"],
  ["phone", "tél. «01 42 68 53 00»"],
  ["phone", "mon numéro est «06 12 34 56 78»."],
  ["phone", "telefonszám: «06 1 234 5678»"],
  ["phone", "nr telefonu: «601 234 567»"],
  ["phone", "Puhelin «040 123 4567»"],
  ["phone", "τηλ. «210 123 4567»"],
  ["phone", "тел. «02 987 6543»"],
  ["phone", "cellulare: «347 123 4567»"],
  ["phone", "tlf «22 12 34 56»"],
  ["phone", "telefoon «020-1234567»"],
  ["phone", "Call me on «07700 900123»"],
  ["phone", "la tel. «0256/281008» sau"],
  ["phone", "office «(415) 555-2671»"],
  ["phone", "Teléfono:«942202528»"],
  ["phone", "phone: «201090243795»"],
  // IP
  ["ip", "Client «192.168.1.17» connected"],
  ["ip", "from «10.0.0.5»:443"],
  ["ip", "«203.0.113.7»"],
  ["ip", "subnet «192.168.2.0»/24"],
  ["ip", "IP: «8.8.8.8»."],
  ["ip", "http://«93.184.216.34»/x"],
  ["ip", "[«2001:db8::1»]:80"],
  ["ip", "«2400:c401::5054:ff:fe1b:b031»"],
  ["ip", "«684D:1111:222:3333:4444:5555:6:77»"],
  ["ip", "«fe80::1»%eth0"],
  ["ip", "«::ffff:192.0.2.1»"],
  ["ip", "«64:ff9b::192.0.2.1»"],
  ["ip", "«2001:db8:0:0:0:0:192.168.1.1»"],
  // MAC
  ["mac", "MAC «00:1A:2B:3C:4D:5E»"],
  ["mac", "«00-1a-2b-3c-4d-5e»"],
  ["mac", "switch «001a.2b3c.4d5e» port 3"],
  // Passwords and keys that only their names tell
  ["secret", "DB_PASSWORD=«hunter2xyz»"],
  ["secret", 'password: "«Tr0ub4dor&3»"'],
  ["secret", "Passwort: «Sommer2024!»"],
  ["secret", "mot de passe : «Soleil#42x»"],
  ["secret", "contraseña: «Verano_2023x»"],
  ["secret", "wachtwoord = «Fiets99!»"],
  ["secret", `api_key = "${"«9f8b2c71"}${"d4e6a05b3c1f»"}"`],
  ["secret", `AWS_SECRET_ACCESS_KEY=${"«wJalrXUtnFEMI/K7MDENG"}${"/bPxRfiCYqW3rTyUi»"}`],
  ["secret", `MISTRAL_API_KEY=${"«pQ7rT2vW9xZ4bN6m"}${"K1jH3gF5dS8aL0cY»"}`],
  ["secret", `AccountKey=${"«Zm9vYmFyYmF6cXV4Zm9vYmFy"}${"YmF6cXV4MTIzNDU2Nzg5MA==»"};EndpointSuffix=core`],
  ["secret", `<clientSecret>${"«a8Kd93jLs02"}${"MfnQw7»"}</clientSecret>`],
  ["secret", `setProperty("SONAR_TOKEN", "${"«b7d0c2e94f8a6135"}${"7e9b0d2c»"}")`],
  ["secret", `Authorization: Basic ${"«dXNlcjpzM2NyM3"}${"RwYXNzdzByZA==»"}`],
  ["secret", "postgres://app:«s3cr3tP4ss»@db.internal/x"],
  ["secret", "https://deploy:«Xk29.qq~1»@git.example.org/r.git"],
  ["secret", "curl -u admin:«Zx81kQwe» https://example.org"],
  ["other", "![x](«data:image/png;base64,iVBORw0KGgoAAAANSUhEUg»)"],
];

/** Texts in which nothing is to be found. */
const clean: readonly string[] = [
  // Not an address
  "twitter: @handle and @other_one",
  "@Component.decorate() class A {}",
  "git@github.com:org/repo.git",
  "ssh://git@host.example.org/repo",
  "icon@2x.png and logo@3x.webp",
  "user@localhost",
  "a @ b.com",
  "@@@@",
  "foo@bar",
  "npm i left-pad@1.3.0 @scope/pkg@2.0.0",
  "x@y.1",
  // Not an account
  "DE89 3704 0044 0532 0130 01",
  "XX89 3704 0044 0532 0130 00",
  "DE8937040044053201300",
  "AT61 1904 A002 3457 3201",
  "should set is404 flag for unmatched paths",
  "part no AB12 3456 7890",
  // Not a card
  "4111111111111112",
  "order 1234567890123452",
  "EAN 4006381333931",
  "tracking 00340434161094021501",
  "1700000000000 and 1700000000000000",
  "1234-5678-9012-3456-7890",
  // Not a phone
  "Am 12.03.2024 um 14:30 Uhr",
  "2024-01-02 03:04:05",
  "2024-01-02T03:04:05.678Z",
  "20240102",
  "01/02/2024",
  "Rechnung 0932/01/2026",
  "Preis 1.234.567,89 EUR",
  "1 234 567,89 €",
  "Version 2.10.0.1 (build 20240131)",
  "order 1234567890 shipped",
  "Bestellnummer 4711-0815-2024",
  "ISBN 978-3-16-148410-0",
  "550e8400-e29b-41d4-a716-446655440000",
  "12345678-1234-1234-1234-123456789012",
  "timestamp 1674263005800",
  "TLS handshake 192837465 done",
  "iPhone serial 123456789",
  "hotel 123456 booking",
  "§ 14 Abs. 2 Satz 2 TzBfG, BGH, Urt. v. 12.05.2011 – 9 Sa 48/11",
  "Az. 5 AZR 123/19, Rn. 12345678",
  "1948-49-ben 135.638 frttal",
  "0xdeadbeef 0123456789abcdef",
  "rows 10 20 30 40 50 60 70 80",
  "<Buffer 08 07 06 05 04 03 02 01>",
  "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
  "3.14159265358979",
  "1,000,000,000",
  "+5 points, -3 points",
  "pages 100-200, 300-400",
  "lat 52.5200066, lon 13.404954",
  "int main() { return 0x00000001; }",
  "IMEI-like 490154203237518x",
  "Kap. 3 Abs. 12 Nr. 4711",
  "Telefonkosten 1.234.567,00 EUR",
  // Not an address of a machine
  "127.0.0.1",
  "0.0.0.0",
  "::1",
  "::",
  "255.255.255.0",
  "Version 10.2.3.4",
  "v1.22.33.44",
  "firmware 12.34.56.78-rc1",
  "OID 1.3.6.1.4.1.311",
  "§ 1.2.3.4",
  "Kapitel 12.1.3.4",
  "300.168.1.1",
  "192.168.1",
  "pip install x==1.20.30.40",
  "std::vector<int> a::b::c",
  "use fade::bad;",
  "12:30:45",
  "key::value",
  "aspect 16:9, ratio 1:2:3",
  // Not a MAC
  "ff:ff:ff:ff:ff:ff",
  "00:00:00:00:00:00",
  "00:1A:2B:3C:4D",
  "10:2F:33-AC-29-C3",
  "fingerprint 16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
  // Not a secret
  "password: ",
  "Password must be at least 8 characters long.",
  "Das Passwort: bitte ändern",
  "password = os.environ['DB_PASSWORD']",
  "password: $" + "{DB_PASSWORD}",
  "api_key = '<your-api-key>'",
  "api_key: your_api_key_here",
  "token = tokens.at(-1)",
  'const key = "value-of-the-thing";',
  "max_tokens: 4096, token_count=1234567890123456",
  "next_page_token = abc123def456ghi789",
  "csrf-token: abc",
  "SECRET_NAME=my-app-secret-v2",
  "client_secret: process.env.CLIENT_SECRET",
  "https://user:password@example.org/",
  "https://user:$" + "{TOKEN}@example.org/",
  "redis://:****@cache:6379",
  "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
  "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
  "the header is -----BEGIN PRIVATE KEY----- and so on",
  `AKIA${"IOSFODNN7"}${"EXAMPLE"}`,
  `sk-${"x".repeat(48)}`,
  "hf_servingcellpriorityparametersdescription_h_prio",
  "sk-learn and sk-image are libraries",
  "eyJust.a.word",
  "data:text/plain,hello",
  "data: see the table; more, later",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "a_very_long_identifier_name_that_means_nothing_at_all",
];

function unmark(marked: string): { text: string; start: number; end: number } {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  return { text: marked.replace("«", "").replace("»", ""), start, end };
}

test(`finds each of ${found.length} things, of its type and with its exact place in UTF-16 code units`, () => {
  assert.ok(found.length >= 90);
  const wrong = found.filter(([type, marked]) => {
    const { text, start, end } = unmark(marked);
    const findings = detector.detect(text);
    return findings.length !== 1 || findings[0]?.type !== type || findings[0].start !== start || findings[0].end !== end;
  });
  assert.deepEqual(wrong, []);
});

test(`finds nothing in ${clean.length} texts that look as if there were something`, () => {
  assert.ok(clean.length >= 90);
  const wrong = clean.flatMap((text) => detector.detect(text).map((finding) => [finding.rule, text]));
  assert.deepEqual(wrong, []);
});

test("finds the keys of every vendor, in a sentence and alone, and names the scheme", () => {
  assert.ok(keyExamples.length >= 30);
  for (const [subtype, key] of keyExamples) {
    for (const [lead, tail] of [
      ["", ""],
      ["my key is ", ", keep it"],
      ["line\\n", '"'],
      ["X=", "\n"],
    ]) {
      const text = `${lead}${key}${tail}`;
      const findings = detector.detect(text);
      assert.deepEqual(
        findings.map((finding) => [finding.type, finding.subtype, finding.class, text.slice(finding.start, finding.end)]),
        [["secret", subtype, "secret", key]],
        text,
      );
    }
  }
});

test("personal data is sensitive, a secret is secret", () => {
  const findings = detector.detect(`a@example.org ${keyExamples[0]?.[1] ?? ""}`);
  assert.deepEqual(
    findings.map((finding) => finding.class),
    ["sensitive", "secret"],
  );
});

test("counts offsets in UTF-16 code units behind characters outside the BMP and lone surrogates", () => {
  const lead = "😀\ud83d ́ﬀ０１２\u200b\u202e𝒳 ";
  const [finding] = detector.detect(`${lead}jane@example.org`);
  assert.equal(finding?.start, lead.length);
  assert.equal(finding?.end, lead.length + 16);
});

test("overlapping readings of one place leave one finding", () => {
  const findings = detector.detect("Tel. DE89 3704 0044 0532 0130 00, 4111 1111 1111 1111, postgres://u:p4ssw0rdX@h.example.org, ::ffff:192.0.2.1");
  assert.deepEqual(
    findings.map((finding) => finding.type),
    ["iban", "card", "secret", "ip"],
  );
  for (const [index, finding] of findings.entries()) assert.ok(finding.end <= (findings[index + 1]?.start ?? Number.MAX_SAFE_INTEGER));
});

test("a spent budget turns costly checks into findings, not into silence", () => {
  const text = "0800 12 34 567 890";
  assert.equal(detector.detect("(030) 1234567", { checks: 0 }).length, 1);
  assert.ok(detector.detect(text, { checks: 0 }).length >= detector.detect(text).length);
});
