/** A text with two people and an address in it. */
export interface Carrier {
  readonly language: string;
  /** `{a}`, `{b}`: people; `{m}`: a mail address. */
  readonly text: string;
}

export const carriers: readonly Carrier[] = [
  { language: "en", text: "{a} spoke to {b} about the invoice. Please write to {m} before Friday; {a} will answer." },
  { language: "de", text: "{a} hat mit {b} über die Rechnung gesprochen. Bitte schreiben Sie bis Freitag an {m}; {a} antwortet." },
  { language: "fr", text: "{a} a parlé de la facture avec {b}. Merci d'écrire à {m} avant vendredi ; {a} répondra." },
  { language: "es", text: "{a} habló con {b} sobre la factura. Escriba a {m} antes del viernes; {a} responderá." },
  { language: "it", text: "{a} ha parlato con {b} della fattura. Scrivete a {m} entro venerdì; {a} risponderà." },
  { language: "pl", text: "{a} omówiła fakturę z {b}. Proszę napisać na {m} do piątku; {a} odpowie." },
  { language: "cs", text: "{a} mluvila s {b} o faktuře. Napište prosím na {m} do pátku; {a} odpoví." },
  { language: "hu", text: "{a} beszélt vele: {b} a számláról kérdezett. Kérem, írjon ide: {m}, péntekig; {a} válaszol." },
  { language: "fi", text: "{a} puhui laskusta, ja {b} kuunteli. Kirjoittakaa osoitteeseen {m} perjantaihin mennessä; {a} vastaa." },
  { language: "ro", text: "{a} a vorbit cu {b} despre factură. Vă rugăm să scrieți la {m} până vineri; {a} va răspunde." },
];

/** Ordinary text without any token, in which a reader must find none. */
export const decoys: readonly string[] = [
  "Person 1 sat beside person 2, and person 3 took the minutes. See e-mail 4 and email 5.",
  "const PERSON_1 = load(); const EMAIL_2 = PERSON_3.email; // person_4",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a template
  "Dear {{person_1}}, your order <email_2> is at [[person_5]]; set ${PERSON_6} first.",
  "Anna Weber wrote to Peter Larsen; Maria Lindner and Jonas Novak were absent. Elena Rossi rang david.weber@example.org.",
  "Personal emails of 2026 are kept for personnel only. Item FH20260101 was sold.",
];

/** The carriers with their places filled. */
export const filled = (text: string, a: string, b: string, m: string): string =>
  text
    .replaceAll("{a}", () => a)
    .replaceAll("{b}", () => b)
    .replaceAll("{m}", () => m);
