import type { Candidate, Decision } from "../decision.ts";

const codes = {
  no_permitted_backend: "no backend is permitted",
  unknown_origin: "the person's country is unknown",
  secret_detected: "the text holds a credential",
  model_not_found: "no backend serves this model",
  not_entitled: "this key or tenant may not use this model",
  charter_invalid: "the charter or the estate is not valid",
  decision_failed: "no decision could be made",
} as const;

/** Control characters in a client's own words would let them draw on the operator's terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);

function heading(decision: Decision): string {
  if (decision.verdict === "refuse") {
    if (decision.code === null) return "REFUSE";
    const foreign = decision.code === "unknown_origin" && decision.origin !== null;
    return `REFUSE  ${decision.code}: ${foreign ? "no jurisdiction of the charter protects people in this country" : codes[decision.code]}`;
  }
  const transform = decision.transform === "pseudonymise" ? ", after pseudonymising" : "";
  return `ALLOW   ${decision.backends.join(", then ")}${transform}`;
}

function classLine(decision: Decision): string {
  const found = decision.detected.map(({ type, count }) => `${count} ${type}`).join(", ");
  const tenants = decision.classReasons.filter(({ from }) => from === "tenant-class" || from === "tenant-floor").map(({ message }) => message);
  return `${decision.class} (${[`declared ${decision.declared ?? "nothing"}`, `found ${found === "" ? "nothing" : found}`, ...tenants].join("; ")})`;
}

function candidateLines(candidate: Candidate, width: number): string[] {
  const name = `  ${printable(candidate.backend).padEnd(width)}  ${candidate.permitted ? "yes" : "no "}`;
  const [first, ...others] = candidate.reasons.map((reason) => printable(`${reason.rule} [${reason.code}]: ${reason.message}`));
  const indent = " ".repeat(width + 2 + 5);
  return [first === undefined ? name.trimEnd() : `${name}  ${first}`, ...others.map((line) => `${indent}  ${line}`)];
}

/** The decision as lines for a terminal: the verdict, what it rests on, and a table of every candidate with its reasons. */
export function explainText(decision: Decision): string {
  const lines = [
    heading(decision),
    `  model         ${printable(decision.model)}`,
    `  class         ${printable(classLine(decision))}`,
    `  origin        ${decision.origin ?? "unknown"}`,
    `  jurisdiction  ${decision.jurisdiction ?? "none"}`,
    `  tenant        ${printable(decision.tenant)}`,
    `  decision      ${printable(decision.id)}`,
    `  charter       ${decision.charter}`,
    `  estate        ${decision.estate}`,
  ];
  if (decision.considered.length > 0) {
    const width = Math.max(...decision.considered.map((candidate) => printable(candidate.backend).length));
    lines.push("", "  candidates", ...decision.considered.flatMap((candidate) => candidateLines(candidate, width)));
  }
  return `${lines.join("\n")}\n`;
}
