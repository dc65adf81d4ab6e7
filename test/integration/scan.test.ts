import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { requirement } from "../requirements.ts";
import { account, folder, type JsonFile, linesOf, mail, program, scan, scanAll } from "./scanning.ts";

describe("freehold scan", () => {
  it("tells file, line and column, type, class and why, and never the value unless it is asked to", (test) => {
    const path = join(folder(test), "a.txt");
    writeFileSync(path, `Hello\r\nmy IBAN is ${account}\n`);
    const told = scan([path]);
    assert.equal(told.status, 1);
    assert.match(told.stdout, /a\.txt:2:12 {2}iban {2}de\.iban {2}sensitive {2}1\.00 {2}iban {2}A country code/);
    assert.doesNotMatch(told.stdout + told.stderr, /3704/);
    assert.match(told.stderr, /1 file read, 1 finding \(1 iban\), highest class sensitive/);
    assert.match(scan([path, "--reveal"]).stdout, /DE89 3704 0044 0532 0130 00/);
    const [json] = linesOf<JsonFile>(scan([path, "--json"]).stdout);
    assert.deepEqual(
      json?.findings?.map(({ why: _why, ...rest }) => rest),
      [{ type: "iban", subtype: "de.iban", start: 18, end: 45, confidence: 1, rule: "iban", class: "sensitive", line: 2, column: 12 }],
    );
    assert.deepEqual([json?.file, json?.class], [path, "sensitive"]);
    assert.doesNotMatch(JSON.stringify(json), /3704/);
  });

  it("exits with 0 where nothing was found, 1 where something was, and as --fail-on says", (test) => {
    const at = folder(test);
    const file = (name: string, text: string): string => {
      writeFileSync(join(at, name), text);
      return join(at, name);
    };
    const nothing = file("nothing", "nothing here");
    const personal = file("personal", mail);
    // A company's number is public.
    const company = file("company", "NIP 5213467894");
    const rows: readonly (readonly [number, ...string[]])[] = [
      [0, nothing],
      [1, personal],
      [0, personal, "--fail-on", "secret"],
      [0, personal, "--fail-on", "none"],
      [0, company],
      [1, company, "--fail-on", "public"],
    ];
    const statuses = scanAll(rows.map(([, ...args]) => args)).map(({ status }) => status);
    assert.deepEqual(
      statuses,
      rows.map(([status]) => status),
    );
    assert.equal(scan([], mail).status, 1, "standard input without being named");
  });

  it("takes only the types, the class and the confidence that are asked for", (test) => {
    const path = join(folder(test), "a.txt");
    writeFileSync(path, `${mail} and ${account}`);
    const rows = [[], ["--type", "iban,card"], ["--min-confidence", "0.99"], ["--class", "secret"]];
    const types = scanAll(rows.map((args) => [path, "--json", ...args])).map(({ stdout }) => linesOf<JsonFile>(stdout)[0]?.findings?.map(({ type }) => type));
    assert.deepEqual(types, [["email", "iban"], ["iban"], ["iban"], []]);
  });

  it("names bad usage, with exit code 2 and the next step", () => {
    const rows: readonly (readonly [readonly string[], RegExp])[] = [
      [["-", "--type", "people"], /there is no type "people"\n {2}types: person/],
      [["-", "--class", "top"], /--class takes one of public/],
      [["-", "--min-confidence", "much"], /--min-confidence takes a number/],
      [["-", "--fail-on", "often"], /--fail-on takes one of/],
      [["-", "--format", "xml"], /--format takes text, csv or json/],
      [["-", "--pseudonymise"], /--key-file says where/],
      [["-", "--pseudonymise", "--restore", "--key-file", "k"], /two runs/],
      [["a", "b", "--jsonl"], /--jsonl reads one file/],
      [["-", "--tenant", "nobody", "--data", "nowhere"], /there is no tenant "nobody"/],
      [["no-such-file"], /no-such-file: it cannot be read \(ENOENT\)/],
    ];
    const ran = scanAll(rows.map(([args]) => args));
    for (const [index, [args, message]] of rows.entries()) {
      assert.equal(ran[index]?.status, 2, args.join(" "));
      assert.match(ran[index]?.stderr ?? "", message);
    }
  });

  it("walks folders in order, and says what it left out and why", (test) => {
    const root = folder(test);
    const outside = folder(test);
    writeFileSync(join(outside, "x.txt"), mail);
    for (const name of ["b", ".git", "node_modules"]) mkdirSync(join(root, name));
    for (const name of ["b/z.txt", "a.txt", ".git/config", "node_modules/m.js", ".hidden"]) writeFileSync(join(root, name), mail);
    writeFileSync(join(root, "picture.png"), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    writeFileSync(join(root, "empty"), "");
    symlinkSync(outside, join(root, "link"));
    const { status, stdout, stderr } = scan([root, "--json"]);
    assert.equal(status, 1);
    const lines = linesOf<JsonFile>(stdout);
    assert.deepEqual(
      lines.filter(({ findings }) => findings !== undefined).map(({ file, findings }) => [file.slice(root.length + 1), findings?.length]),
      [
        [".hidden", 1],
        ["a.txt", 1],
        ["b/z.txt", 1],
        ["empty", 0],
      ],
    );
    const skipped = new Map(lines.flatMap(({ file, skipped: why }) => (why === undefined ? [] : [[file.slice(root.length + 1), why]])));
    assert.deepEqual([...skipped.keys()].sort(), [".git", "link", "node_modules", "picture.png"]);
    for (const [name, why] of skipped) assert.ok(stderr.includes(why) && stderr.includes(name), name);
  });

  it("text in another encoding and files that cannot be read are told, with exit code 2, and the others are scanned", (test) => {
    const root = folder(test);
    writeFileSync(join(root, "latin1.txt"), Buffer.from("caf\xe9 na\xefve", "latin1"));
    writeFileSync(join(root, "late.txt"), Buffer.concat([Buffer.from("x".repeat(200_000)), Buffer.from([0xe9, 0x20])]));
    writeFileSync(join(root, "good.txt"), mail);
    const { status, stdout, stderr } = scan([root, "--json"]);
    assert.equal(status, 2);
    const lines = linesOf<JsonFile>(stdout);
    assert.match(lines.find(({ file }) => file.endsWith("latin1.txt"))?.error ?? "", /neither in UTF-8 .*iconv/);
    assert.match(lines.find(({ file }) => file.endsWith("late.txt"))?.error ?? "", /not UTF-8 somewhere after byte \d+/);
    assert.equal(lines.find(({ file }) => file.endsWith("good.txt"))?.findings?.length, 1);
    assert.match(stderr, /error: .*latin1\.txt/);
  });

  const memory = "/proc/self/mem";
  const unreadable = requirement(
    "a file that cannot be read",
    existsSync(memory) || process.getuid?.() !== 0,
    "run the tests on Linux, or as a user other than root",
  );
  it("a file that cannot be read is told by name, and the others are scanned", { skip: unreadable }, (test) => {
    const at = folder(test);
    const closed = join(at, "closed.txt");
    writeFileSync(closed, mail);
    chmodSync(closed, 0);
    // Modes do not bind root; the memory of a process begins with a page that nobody can read.
    const path = process.getuid?.() === 0 ? memory : closed;
    writeFileSync(join(at, "open.txt"), mail);
    const { status, stdout, stderr } = scan([path, join(at, "open.txt")]);
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`${path}: it cannot be read or written \\(E[A-Z]+\\)`));
    assert.match(stdout, /open\.txt:1:1 {2}email/);
  });

  it("reads UTF-16 and byte order marks, with offsets behind the mark", (test) => {
    const root = folder(test);
    const text = `ąę ${mail}`;
    writeFileSync(join(root, "le.txt"), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]));
    writeFileSync(join(root, "be.txt"), Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le").swap16()]));
    writeFileSync(join(root, "u8.txt"), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]));
    const places = linesOf<JsonFile>(scan([root, "--json"]).stdout).map(({ findings }) => findings?.map(({ start, end }) => [start, end]));
    assert.deepEqual(places, [[[3, 19]], [[3, 19]], [[3, 19]]]);
  });

  it("a table's column names and a document's member names are context for their values", (test) => {
    const root = folder(test);
    writeFileSync(join(root, "a.csv"), "code;NIP\n5213467894;5213467894\n");
    writeFileSync(join(root, "b.json"), '{"code": "5213467894", "NIP": "5213467894"}');
    const places = linesOf<JsonFile>(scan([root, "--json"]).stdout).map(({ findings }) => findings?.map(({ subtype, column }) => [subtype, column]));
    assert.deepEqual(places, [[["pl.nip", 12]], [["pl.nip", 32]]]);
  });

  it("one huge line and many megabytes pass in bounded memory, with exact offsets", (test) => {
    const path = join(folder(test), "big.log");
    const filler = "the quick brown fox jumps over the lazy dog ";
    const part = filler.repeat(23_000);
    writeFileSync(path, Array.from({ length: 40 }, (_, index) => `${part}user${index}@example.org `).join(""));
    const { status, stdout } = spawnSync(process.execPath, ["--max-old-space-size=128", program, "scan", path, "--json"], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    assert.equal(status, 1);
    const [{ findings = [] } = {}] = linesOf<JsonFile>(stdout);
    const text = readFileSync(path, "utf8");
    assert.deepEqual(
      findings.map(({ start, end }) => text.slice(start, end)),
      Array.from({ length: 40 }, (_, index) => `user${index}@example.org`),
    );
    assert.ok(findings.every(({ start, line, column }) => line === 1 && column === start + 1));
  });

  it("a reader that goes away (| head) ends it quietly", async (test) => {
    const path = join(folder(test), "many.txt");
    writeFileSync(path, `${mail}\n`.repeat(50_000));
    const child = spawn(process.execPath, [program, "scan", path], { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      stderr += piece;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(status, 0);
    assert.doesNotMatch(stderr, /EPIPE|at .*\.ts/);
  });

  it("Ctrl-C ends it with what was done: valid JSON, a sentence, exit code 130", async () => {
    const child = spawn(process.execPath, [program, "scan", "-", "--json"], { stdio: ["pipe", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      stdout += piece;
    });
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      stderr += piece;
    });
    child.stdin.on("error", () => undefined);
    // Enough for the first piece to be read and told; then it waits for more.
    child.stdin.write(`${`${mail} and nothing else\n`.repeat(70_000)}`);
    while (!stdout.includes('"iban"') && !stdout.includes('"email"')) await once(child.stdout, "data");
    child.kill("SIGINT");
    const status = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(status, 130, stderr);
    const [{ findings = [], error } = {} as JsonFile] = linesOf<JsonFile>(stdout);
    assert.ok(findings.length > 1000, `${findings.length} findings`);
    assert.equal(error, "interrupted");
    assert.match(stderr, /^Interrupted: 1 file read/m);
  });

  it("--progress tells how far it is where no terminal is there", (test) => {
    const path = join(folder(test), "a.txt");
    writeFileSync(path, `${`${mail} and so on and on\n`.repeat(400)}`.repeat(400));
    const { stderr } = scan([path, "--progress", "--type", "card"]);
    assert.match(stderr, /^\d+(?:\.\d)? MB read, 0 findings$/m);
  });
});

describe("freehold scan --jsonl", () => {
  it("answers a line a line, in order, in the contract's shape, with UTF-16 offsets", () => {
    const input = [
      { id: "a", text: `💶 ${mail}` },
      { id: 2, text: "nothing" },
      { id: "c", text: `IBAN ${account}` },
    ]
      .map((row) => JSON.stringify(row))
      .join("\n");
    const { status, stdout, stderr } = scan(["--jsonl", "-", "--json"], input);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.deepEqual(linesOf(stdout), [
      { id: "a", class: "sensitive", findings: [{ type: "email", subtype: null, start: 3, end: 19, confidence: 0.95, rule: "email" }] },
      { id: 2, class: "public", findings: [] },
      { id: "c", class: "sensitive", findings: [{ type: "iban", subtype: "de.iban", start: 5, end: 32, confidence: 1, rule: "iban" }] },
    ]);
    assert.equal(scan(["--jsonl", "-", "--fail-on", "sensitive"], input).status, 1);
  });

  it("a bad line is told with its number and answered by a line of its own, and the others are not lost", () => {
    const good = JSON.stringify({ id: 1, text: mail });
    const { status, stdout, stderr } = scan(["--jsonl", "-", "--json"], `${good}\nno json\n\n[1]\n{"id":"x"}\n{"id":"y","text":7}\r\n${good}\r\n`);
    assert.equal(status, 2);
    const lines = linesOf<{ id: unknown; line?: number; error?: string; findings?: unknown[] }>(stdout);
    assert.deepEqual(
      lines.map(({ id, line, findings }) => [id, line, findings?.length]),
      [
        [1, undefined, 1],
        [null, 2, undefined],
        [null, 4, undefined],
        ["x", 5, undefined],
        ["y", 6, undefined],
        [1, undefined, 1],
      ],
    );
    assert.match(stderr, /^-:2:1: error: the line is not JSON$/m);
    assert.match(stderr, /^-:5:1: error: the line has no "text" that is a string$/m);
  });

  it("a line that is not UTF-8 is a bad line", () => {
    const { status, stderr } = scan(["--jsonl", "-", "--json"], Buffer.from([0x7b, 0xff, 0x7d, 0x0a]));
    assert.equal(status, 2);
    assert.match(stderr, /-:1:1: error: the line is not UTF-8/);
  });

  it("streams: the answer to a line comes before the next line is there", async () => {
    const child = spawn(process.execPath, [program, "scan", "--jsonl", "-", "--json"], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdout.setEncoding("utf8");
    for (const id of [1, 2, 3]) {
      child.stdin.write(`${JSON.stringify({ id, text: mail })}\n`);
      const answer = await new Promise<string>((resolve) => child.stdout.once("data", resolve));
      assert.equal((JSON.parse(answer) as { id: number }).id, id);
    }
    child.stdin.end();
    assert.equal(await new Promise((resolve) => child.on("close", resolve)), 0);
  });

  it("a long line and many lines pass in bounded memory", () => {
    const long = JSON.stringify({ id: "long", text: `${"x ".repeat(2_000_000)}${mail}` });
    const input = `${long}\n${`${JSON.stringify({ id: "s", text: mail })}\n`.repeat(20_000)}`;
    const { status, stdout } = spawnSync(process.execPath, ["--max-old-space-size=160", program, "scan", "--jsonl", "-", "--json"], {
      input,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    assert.equal(status, 0);
    const lines = linesOf<{ id: string; findings: { start: number }[] }>(stdout);
    assert.equal(lines.length, 20_001);
    assert.equal(lines[0]?.findings[0]?.start, 4_000_000);
  });
});
