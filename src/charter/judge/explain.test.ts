import assert from "node:assert/strict";
import { test } from "node:test";
import type { DecisionId } from "#kernel";
import { explainText } from "./explain.ts";
import { judge } from "./judge.ts";
import { compile } from "./rulebook.ts";
import { charterOf, estateOf, factsOf, frankfurt, local, mistral, registry } from "./testing/world.ts";

const id = "dec_01J" as DecisionId;

test("a decision reads as a verdict, what it rests on, and a table of candidates", () => {
  const facts = factsOf({ id, declared: "public", detected: [{ type: "iban", count: 2, class: "sensitive" }] });
  assert.equal(
    explainText(judge(compile(charterOf(), estateOf([local, mistral]), registry), facts)),
    `ALLOW   local
  model         assistant
  class         sensitive (declared public; found 2 iban)
  origin        DE
  jurisdiction  eu
  tenant        t1
  decision      dec_01J
  charter       sha256:charter
  estate        sha256:estate

  candidates
  local    yes
  mistral  no   data.sensitive.may-go-to [zone]: zone own: operated by mistral (operator), not by [self]
`,
  );
});

test("every reason of a refused candidate has a line", () => {
  const text = explainText(judge(compile(charterOf(), estateOf([frankfurt]), registry), factsOf({ id })));
  assert.match(text, /^REFUSE {2}no_permitted_backend: no backend is permitted\n/);
  assert.match(
    text,
    /\n {2}frankfurt {2}no {3}data\.public\.may-go-to \[zone\]: zone own: .*\n {18}data\.public\.may-go-to \[zone\]: zone european: compellable by US, .*\n$/,
  );
});

test("pseudonymising is said in the verdict", () => {
  const facts = factsOf({ id, detected: [{ type: "email", count: 1, class: "sensitive" }] });
  assert.match(explainText(judge(compile(charterOf(), estateOf([mistral]), registry), facts)), /^ALLOW {3}mistral, after pseudonymising\n/);
});

test("a model's name cannot draw on the terminal", () => {
  const text = explainText(judge(compile(charterOf(), estateOf([local]), registry), factsOf({ id, model: "a\u001b[2Jb\u202ec\nd" })));
  assert.match(text, /model {9}a\\u\{1b\}\[2Jb\\u\{202e\}c\\u\{a\}d\n/);
  assert.match(text, /^REFUSE {2}model_not_found: /);
});
