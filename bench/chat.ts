/** A chat request as a client sends it. */
export interface Chat {
  /** The model's name, which tells the upstream how to stream: see `upstream/upstream.ts`. */
  readonly model: string;
  /** Size of the prompt's text. */
  readonly kilobytes: number;
  readonly stream: boolean;
}

const sentences = [
  "The meter in the cellar was read on Tuesday and again on Friday, and the two figures do not agree.",
  "Bitte prüfen Sie, ob die Abschläge für das laufende Jahr richtig berechnet wurden; die Größe der Wohnung hat sich nicht geändert.",
  "We moved in last spring, the previous tenants left no papers, and nobody could tell us which tariff applied to them.",
  "Le relevé précédent montre une consommation deux fois plus élevée, alors que l'appartement est resté vide pendant tout l'été.",
  "Please compare both readings with those of the neighbouring flats and explain in plain words where the difference may come from.",
  "If the device itself is faulty, tell us who replaces it, how long that takes and whether the estimate is corrected afterwards.",
  "Die Heizung lief im Januar fast ohne Unterbrechung, weil ein Fenster im Treppenhaus über Wochen nicht zu schließen war.",
  "Keep the answer short, name the paragraph of the contract that it rests on, and say what you could not find out.",
];
/** What a real letter holds too, so that a detector has something to find: once in every prompt. */
const personal = "You can reach me at maria.sommer@example.org or under +49 30 901820 in the mornings.";

/** `kilobytes` × 1024 bytes of letters in three languages, the same each time. */
function prose(kilobytes: number): string {
  const size = kilobytes * 1024;
  let text = personal;
  for (let turn = 0; Buffer.byteLength(text) < size; turn += 1) text += ` ${sentences[(turn * 5 + (turn >> 3)) % sentences.length]}`;
  const cut = new TextDecoder().decode(Buffer.from(text).subarray(0, size)).replace(/\uFFFD+$/, "");
  return cut + ".".repeat(size - Buffer.byteLength(cut));
}

/** The bytes of a request to `chat/completions`; streams ask for their usage. */
export function chatBody({ model, kilobytes, stream }: Chat): string {
  return JSON.stringify({
    model,
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
    messages: [
      { role: "system", content: "You answer letters to a municipal utility." },
      { role: "user", content: prose(kilobytes) },
    ],
    temperature: 0.2,
    max_tokens: 200,
  });
}
