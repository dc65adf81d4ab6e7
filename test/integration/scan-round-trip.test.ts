import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { account, folder, mail, scan, scanAll } from "./scanning.ts";

describe("freehold scan --pseudonymise and --restore", () => {
  const files: Readonly<Record<string, string | Buffer>> = {
    "letter.md": `# To Jane\r\n\r\nWrite to **${mail}** or _${mail}_.\n`,
    "people.csv": `\uFEFFid;PESEL;note\r\n1;44051401359;"call ""her"" at ${mail}"\r\n2;;\r\n`,
    "deep/data.json": `{\n  "pesel": 44051401359,\n  "price": 1.50e+2,\n  "mail": "jane@example\\u002eorg",\n  "note": "a\\/b ${mail}"\n}\n`,
    "lines.jsonl": `{"m":"${mail}"}\n{"m":"${account}"}\n`,
    "wide.txt": Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`ąę ${mail}\r\n`, "utf16le")]),
    "key.env": "API_KEY=sk-ant-api03-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4-AAAAAAAA\n",
    "plain.txt": "nothing at all\n",
  };

  function planted(test: TestContext): { readonly from: string; readonly to: string; readonly back: string; readonly key: string } {
    const at = folder(test);
    const from = join(at, "from");
    mkdirSync(join(from, "deep"), { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(from, name), content);
    return { from, to: join(at, "to"), back: join(at, "back"), key: join(at, "key.json") };
  }

  it("a folder goes out without its values and comes back to the byte, whatever its formats", (test) => {
    const { from, to, back, key } = planted(test);
    const out = scan([from, "--pseudonymise", "--out", to, "--key-file", key]);
    assert.deepEqual([out.status, out.stdout], [0, ""], out.stderr);
    assert.match(out.stderr, /7 written, \d+ places replaced, \d+ new tokens\. .*whoever holds it can tell who is meant/);
    for (const name of Object.keys(files)) {
      const text = readFileSync(join(to, name), name === "wide.txt" ? "utf16le" : "utf8");
      assert.doesNotMatch(text, /jane@|44051401359|3704 0044|sk-ant/, name);
    }
    const data = JSON.parse(readFileSync(join(to, "deep/data.json"), "utf8")) as { pesel: string; price: number };
    assert.match(data.pesel, /^Number_[0-9A-Z]{6}$/);
    assert.match(readFileSync(join(to, "deep/data.json"), "utf8"), /"price": 1\.50e\+2,/);
    const table = readFileSync(join(to, "people.csv"), "utf8");
    assert.match(table, /^\uFEFFid;PESEL;note\r\n1;Number_\w{6};"call ""her"" at Email_\w{6}"\r\n2;;\r\n$/);
    assert.equal(data.pesel, /Number_\w{6}/.exec(table)?.[0], "one value, one token, in all files");
    const restored = scan([to, "--restore", "--out", back, "--key-file", key]);
    assert.equal(restored.status, 0, restored.stderr);
    for (const [name, content] of Object.entries(files)) assert.deepEqual(readFileSync(join(back, name)), Buffer.from(content), name);
    assert.equal(statSync(join(back, "letter.md")).mode & 0o077, 0, "what is restored is for its owner alone");
  });

  it("the key file is its owner's alone, says what it is, and serves later runs", (test) => {
    const { from, to, key } = planted(test);
    assert.equal(scan([join(from, "letter.md"), "--pseudonymise", "--out", to, "--key-file", key]).status, 0);
    assert.equal(statSync(key).mode & 0o777, 0o600);
    const content = JSON.parse(readFileSync(key, "utf8")) as { note: string; tokens: Record<string, { value: string }> };
    assert.match(content.note, /Whoever holds this file can tell who is meant/);
    const [token] = Object.entries(content.tokens).find(([, { value }]) => value === mail) ?? [];
    assert.match(token ?? "", /^Email_/);
    const again = scan(["-", "--pseudonymise", "--key-file", key], `ask ${mail}`);
    assert.deepEqual([again.status, again.stdout], [0, `ask ${token}`]);
    chmodSync(key, 0o644);
    assert.match(scan(["-", "--restore", "--key-file", key], "x").stderr, /warning: .* can be read by others/);
  });

  it("standard input goes to standard output, and an edited text is restored where its tokens stand now", (test) => {
    const { key } = planted(test);
    const masked = scan(["--pseudonymise", "--key-file", key], `Write to ${mail}.`).stdout;
    const token = /Email_\w{6}/.exec(masked)?.[0] ?? "";
    const edited = `Summary: ${token.replace("_", "\\_")}'s account. (${token})`;
    const { status, stdout } = scan(["--restore", "--key-file", key], edited);
    assert.deepEqual([status, stdout], [0, `Summary: ${mail}'s account. (${mail})`]);
    const unknown = scan(["--restore", "--key-file", key], "Email_000009");
    assert.deepEqual([unknown.status, unknown.stdout], [1, "Email_000009"]);
    assert.match(unknown.stderr, /1 places look like tokens/);
  });

  it("a text that holds tokens of the key file already is refused, since they would be restored with the others", (test) => {
    const { from, to, key } = planted(test);
    assert.equal(scan([from, "--pseudonymise", "--out", to, "--key-file", key]).status, 0);
    const { status, stderr } = scan([join(to, "letter.md"), "--pseudonymise", "--out", join(to, "twice.md"), "--key-file", key]);
    assert.equal(status, 2);
    assert.match(stderr, /it holds tokens of this key file already/);
    assert.deepEqual(
      readdirSync(to).filter((name) => name.includes("twice") || name.includes("partial")),
      [],
    );
  });

  it("nothing is overwritten unasked, and no result lies where it is read", (test) => {
    const { from, to, key } = planted(test);
    const letter = join(from, "letter.md");
    assert.equal(scan([letter, "--pseudonymise", "--out", to, "--key-file", key]).status, 0);
    const rows: readonly (readonly [readonly string[], RegExp])[] = [
      [[letter, "--out", to], /is there already\n {2}next: --force/],
      [[letter, "--out", letter, "--force"], /would overwrite what is read/],
      [[from, "--out", join(from, "out")], /--out lies in/],
      [[letter], /--out says where/],
      [[letter, join(from, "plain.txt"), letter, "--out", join(to, "x/")], /two files would go to/],
      [[letter, "--out", to, "--force"], /1 written/],
    ];
    const ran = scanAll(rows.map(([args]) => [...args, "--pseudonymise", "--key-file", key]));
    for (const [index, [args, message]] of rows.entries()) assert.match(ran[index]?.stderr ?? "", message, args.join(" "));
    assert.deepEqual(
      ran.map(({ status }) => status),
      [2, 2, 2, 2, 2, 0],
    );
    assert.equal(readFileSync(letter, "utf8"), files["letter.md"]);
  });

  it("a file that is no key file, and one that another run holds, are named", (test) => {
    const { from, to, key } = planted(test);
    const letter = join(from, "letter.md");
    writeFileSync(key, '{"other": 1}');
    const wrong = scan([letter, "--pseudonymise", "--out", to, "--key-file", key]);
    assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
    assert.match(wrong.stderr, /this is no key file/);
    rmSync(key);
    writeFileSync(`${key}.lock`, "");
    assert.match(scan([letter, "--pseudonymise", "--out", to, "--key-file", key]).stderr, /another run is using this key file/);
  });

  it("what cannot be read is told and left out, and the exit code says so", (test) => {
    const { from, to, key } = planted(test);
    writeFileSync(join(from, "latin1.txt"), Buffer.from("caf\xe9", "latin1"));
    writeFileSync(join(from, "image.md"), `![](data:image/png;base64,${Buffer.alloc(900, 7).toString("base64")})`);
    const { status, stderr, stdout } = scan([from, "--pseudonymise", "--out", to, "--key-file", key, "--json"]);
    assert.equal(status, 2);
    assert.match(stderr, /latin1\.txt: text neither in UTF-8/);
    assert.match(stderr, /1 places cannot be read/);
    const sums = JSON.parse(stdout) as Record<string, number>;
    assert.deepEqual([sums.files, sums.unreadable, sums.faults], [8, 1, 1]);
    assert.ok(!readdirSync(to).includes("latin1.txt"));
  });
});
