/** The texts that the detector is measured on, all written for this: ordinary ones, and ones made to be dear. */

const english = `Hi, I need help with a reply to a customer. Here is the thread so far, please keep the tone friendly but firm.

From: Harriet Collins <harriet.collins@northgate-lettings.example>
Date: 14 March 2026, 09:12
Subject: Deposit for flat 4, 27 Mill Lane, Bristol BS3 4QN

Dear team, we moved out on 28 February and handed the keys to your colleague Mr Patel. The inventory was signed the same day. I was told that the deposit of £1,450 would be back within ten days, but nothing has arrived. My account is with the same bank as before, the number is GB29 NWBK 6016 1331 9268 19. If anything is unclear please call me on 07700 900123 after five.

The tenancy agreement says in section 12.3 that deductions have to be explained in writing within 14 days, with receipts. We cleaned the oven, the carpets were shampooed, and the scratch in the hallway was there when we moved in; it is on the photographs from 2021 that I attached. I have read the guidance on the scheme's website and would rather not open a dispute over 120 pounds.

Please write an answer that thanks her for her patience, explains that the payment was held up because the landlord was abroad until the 9th, confirms that the full amount will be paid by the end of next week, and asks whether the account above is still right. Do not mention the scratch. Keep it under 150 words. After that, give me a one-paragraph summary for our internal log with the dates, the amount, who promised what, and what remains to be done. Thanks!
`;

const german = `Du bist Assistenz in der Personalabteilung eines Stadtwerks. Fasse den folgenden Vorgang in höchstens zehn Sätzen zusammen und schlage die nächsten Schritte vor.

Frau Sabine Krüger-Hoffmann, geboren am 12.07.1984, wohnhaft Lindenstraße 17b, 04109 Leipzig, hat am 3. Februar einen Antrag auf Teilzeit während der Elternzeit gestellt. Sie möchte ab dem 1. Mai an drei Tagen in der Woche arbeiten, bevorzugt dienstags bis donnerstags, insgesamt 24 Stunden. Ihr Vorgesetzter, Herr Dr. Thorsten Albrecht, hat mündlich zugestimmt, bittet aber darum, dass die Übergabe der Zählerdatenbank bis Ende April abgeschlossen ist. Der Betriebsrat wurde am 10. Februar informiert und hat keine Einwände.

Offen ist die Frage, ob die Zulage nach § 14 TVöD anteilig weitergezahlt wird. Die Entgeltabrechnung geht bisher davon aus, dass sie entfällt; Frau Krüger-Hoffmann hat dem widersprochen und auf das Rundschreiben 2025/11 verwiesen. Sie ist erreichbar unter 0341 2345678 oder sabine.krueger@stadtwerke-beispiel.de, die Bankverbindung bleibt DE89 3704 0044 0532 0130 00. Ihre Steuernummer liegt vor, die neue Bescheinigung der Krankenkasse fehlt noch.

Bitte beachte: Die Antwort geht an die Abteilungsleitung und an die Entgeltabrechnung, nicht an die Mitarbeiterin selbst. Nenne die Fristen ausdrücklich, weise auf offene Entscheidungen hin und formuliere am Ende einen kurzen Entwurf für das Schreiben an Frau Krüger-Hoffmann, höflich, ohne Paragrafen und ohne Zahlen, die noch nicht feststehen. Vielen Dank im Voraus, die Sache eilt ein wenig, weil der Ausschuss schon am Donnerstag tagt.
`;

const french = `Bonjour, peux-tu relire ce compte rendu et corriger les fautes sans changer le sens ? Ensuite, propose un objet de courriel.

Réunion du comité de quartier, mardi 18 novembre 2025, salle des fêtes de Saint-Aubin. Présents : Mme Delphine Marchand (présidente), M. Karim Benali, M. Jean-Luc Ferrand, Mme Élodie Garnier, excusée : Mme Nadège Roux. La séance est ouverte à 19 h 05 par la présidente, qui rappelle l'ordre du jour et remercie la commune pour le prêt de la salle.

Premier point : l'éclairage de la rue des Tilleuls. Depuis la tempête d'octobre, trois lampadaires sur huit ne fonctionnent plus. M. Ferrand a appelé le service technique au 01 42 68 53 00 et on lui a promis une intervention « dans les meilleurs délais ». Il est décidé d'écrire à la mairie avec copie au conseiller départemental. M. Benali rédigera la lettre et l'enverra à services.techniques@mairie-exemple.fr avant vendredi.

Deuxième point : le budget de la fête de la soupe. Les recettes de l'an dernier s'élevaient à 2 340,50 € pour des dépenses de 1 987,20 €. Mme Garnier propose d'augmenter le prix du bol de 2 à 2,50 € ; la proposition est adoptée à l'unanimité moins une abstention. Les inscriptions se feront auprès de Mme Marchand, 12 rue du Four, 35140 Saint-Aubin-du-Cormier, ou par téléphone au 06 12 34 56 78.

Troisième point : le compost partagé. La convention arrive à échéance le 31 mars prochain et devra être renouvelée ; il manque encore l'attestation d'assurance. La séance est levée à 20 h 40. Prochaine réunion le 13 janvier.
`;

const polish = `Przygotuj proszę odpowiedź na poniższą reklamację. Ma być uprzejma, konkretna i nie dłuższa niż jedna strona.

Szanowni Państwo, nazywam się Agnieszka Wiśniewska, mieszkam przy ul. Słowackiego 8/14 w Gdańsku. Dnia 7 stycznia zamówiłam w Państwa sklepie internetowym zmywarkę, numer zamówienia 2026/01/004512. Przesyłka miała dotrzeć w ciągu trzech dni roboczych, ale kurier przyjechał dopiero po dwóch tygodniach, a opakowanie było rozerwane. Protokół szkody podpisał kierowca, pan Marek Zieliński, w obecności mojego męża.

Od tamtej pory dzwoniłam cztery razy na infolinię 58 123 45 67 i za każdym razem słyszałam coś innego: najpierw, że wymiana nastąpi od ręki, potem, że potrzebna jest opinia serwisu, a w końcu, że sprawa jest u producenta. Proszę o zwrot kwoty 1 899,00 zł na rachunek PL61 1090 1014 0000 0712 1981 2874 albo o dostarczenie nowego urządzenia do końca miesiąca. Mój PESEL podałam już w formularzu, nie chcę wysyłać go ponownie pocztą elektroniczną. Najłatwiej złapać mnie pod adresem a.wisniewska@poczta-przyklad.pl lub wieczorem pod numerem +48 601 234 567.

W odpowiedzi przeproś za opóźnienie, potwierdź, że reklamacja została uznana, i zaproponuj dwa terminy dostawy nowej zmywarki w przyszłym tygodniu. Wyjaśnij krótko, skąd wzięły się rozbieżne informacje: w styczniu zmieniliśmy system zgłoszeń i część spraw trafiła do niewłaściwego działu. Nie obiecuj odszkodowania. Na końcu dodaj zdanie o tym, że stary sprzęt zabierzemy bezpłatnie, oraz dane do kontaktu z działem obsługi klienta.
`;

const spanish = `Necesito que redactes un informe de alta a partir de estas notas. Usa un lenguaje claro, sin abreviaturas, y separa los antecedentes del tratamiento.

Paciente: Carmen Ortega Salinas, 67 años, NHC 482913. Domicilio: calle de la Paloma 33, 2.º izquierda, 28012 Madrid. Acude al servicio de urgencias el 22 de abril por dolor torácico de dos horas de evolución, acompañado de sudoración y náuseas. Antecedentes: hipertensión arterial desde hace diez años, diabetes tipo 2 en tratamiento con metformina, no fumadora. Alergia a la penicilina comunicada por su hija, Lucía Navarro Ortega.

Exploración: tensión 158/92, frecuencia cardiaca 88, saturación 96 % al aire. Electrocardiograma sin elevación del segmento ST. Troponinas seriadas: 12, 45 y 61 ng/l. Se realiza coronariografía el día 23, que muestra una lesión del 80 % en la descendente anterior media; se implanta un stent sin complicaciones. Evolución favorable en planta, sin nuevo dolor. Ecocardiograma con función conservada.

Tratamiento al alta: ácido acetilsalicílico 100 mg al día, clopidogrel 75 mg durante doce meses, atorvastatina 80 mg, bisoprolol 2,5 mg, ramipril 5 mg y metformina como antes. Revisión en la consulta del doctor Ignacio Beltrán el 20 de mayo a las 10:30. En caso de dudas puede llamar al 917 277 000 o escribir a consultas.cardio@hospital-ejemplo.es. El informe se entregará también a su médica de cabecera, la doctora Pilar Esteve, del centro de salud Puerta Nueva. Termina con una lista breve de signos de alarma para la familia y recuerda que no debe suspender la medicación por su cuenta.
`;

const hungarian = `Kérlek, készíts emlékeztetőt az alábbi jegyzetekből, és a végén sorold fel a feladatokat felelőssel és határidővel.

A megbeszélés 2026. február 11-én délelőtt tíz órakor kezdődött a harmadik emeleti tárgyalóban. Jelen volt Kovács Eszter projektvezető, Nagy Balázs rendszergazda, Szabó Ilona a pénzügyről, valamint külső szakértőként Dr. Horváth Gergely. Tóth Péter betegség miatt hiányzott, őt Kovács Eszter tájékoztatja.

Az első napirendi pont a számlázóprogram cseréje volt. Nagy Balázs beszámolt arról, hogy a próbaüzem során az adatok átvétele háromszor is elakadt, mert a régi rendszer a dátumokat más formában tárolja. A szállító ígérete szerint a javítás két héten belül elkészül. Szabó Ilona kérte, hogy addig a havi zárás a régi programban történjen, és a tesztadatok között ne szerepeljenek valódi ügyfelek. Ezzel mindenki egyetértett.

A második pontban Dr. Horváth Gergely ismertette a felhőszolgáltatók összehasonlítását. Három ajánlat érkezett, ezek közül kettő uniós székhelyű. A részletes táblázatot elküldi a kovacs.eszter@minta-kozmu.hu címre. Kérdés esetén a 06 1 234 5678 számon hívható. A döntést a vezetőség a március 5-i ülésén hozza meg, addig egyik szolgáltatóval sem kötünk szerződést. Az utolsó pontban szó volt a nyári szabadságokról: mindenki március végéig adja le a terveit, a helyettesítéseket Szabó Ilona egyezteti. A következő megbeszélés két hét múlva, ugyanitt lesz, a jegyzőkönyvet Nagy Balázs vezeti majd.
`;

const code = `import { createServer } from "node:http";
import { readFile } from "node:fs/promises";

/** Serves the measurements of one meter as JSON. */
export function serve(port = Number(process.env.PORT ?? 8080)) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (url.pathname !== "/readings") {
      response.writeHead(404, { "content-type": "text/plain" }).end("not here");
      return;
    }
    const rows = JSON.parse(await readFile(new URL("./readings.json", import.meta.url), "utf8"));
    const from = Number(url.searchParams.get("from") ?? 0);
    const chosen = rows.filter((row) => row.time >= from).slice(-1000);
    response.writeHead(200, { "content-type": "application/json", etag: \`"\${chosen.length}-\${from}"\` });
    response.end(JSON.stringify({ count: chosen.length, rows: chosen, unit: "kWh" }));
  });
  server.on("error", (error) => { throw new Error(\`cannot listen on \${port}: \${error.message}\`, { cause: error }); });
  return server.listen(port, "127.0.0.1");
}

const limits = { max_tokens: 4096, timeout_ms: 30_000, retries: [1, 2, 5, 10], ratio: 0.75, mask: 0xff00ff };
if (process.argv.includes("--serve")) serve().on("listening", () => process.stdout.write("ready\\n"));
`;

const rows = (count: number, row: (index: number) => unknown): unknown[] => Array.from({ length: count }, (_empty, index) => row(index));

const json = JSON.stringify(
  rows(24, (index) => ({
    id: `6f1c2d3e-4b5a-4c6d-8e7f-${(901_234_567_890 + index * 7919).toString(16).padStart(12, "0")}`,
    created_at: `2026-03-${String((index % 28) + 1).padStart(2, "0")}T08:${String(index % 60).padStart(2, "0")}:17.250Z`,
    status: ["open", "paid", "overdue"][index % 3],
    total: { amount: 1250 + index * 17, currency: "EUR" },
    lines: [{ sku: `KB-${1000 + index}-X`, quantity: (index % 4) + 1, text: "Wartung der Anlage, zweites Halbjahr" }],
    contact: { name: "Rechnungsstelle", email: `rechnung${index}@kunde-beispiel.de` },
    tags: ["energie", "b2b"],
    note: null,
  })),
  undefined,
  1,
);

const digitHeavy = rows(
  60,
  (index) =>
    `${index + 1}\t${4_711_000 + index * 37}\t2026-0${(index % 9) + 1}-1${index % 10} 0${index % 10}:15:0${index % 7}\t${(index * 12.75).toFixed(2)}\t${1_700_000_000 + index * 3600}\t${(index * 48_271) % 65_537}`,
).join("\n");

/** The unit again and again, up to a length in UTF-16 code units. */
export const filled = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const prompts: readonly string[] = [english, german, french, polish, spanish, hungarian];

/** Name and the texts that are read in turn. */
export const ordinary: readonly (readonly [name: string, texts: readonly string[]])[] = [
  ["prompts in six languages, about 2 KB each", prompts],
  ["en, 2 KB", [english]],
  ["de, 2 KB", [german]],
  ["fr, 2 KB", [french]],
  ["pl, 2 KB", [polish]],
  ["es, 2 KB", [spanish]],
  ["hu, 2 KB", [hungarian]],
  ["the six as one text of 1 MB", [filled(prompts.join("\n"), 1_000_000)]],
  ["source code, 100 KB", [filled(code, 100_000)]],
  ["JSON, 100 KB", [filled(json, 100_000)]],
  ["columns of numbers, 100 KB", [filled(digitHeavy, 100_000)]],
];

/** Name and unit: what a careless scanner looks at again and again. */
export const adversarial: readonly (readonly [name: string, unit: string])[] = [
  ["labels of a domain", "a.a."],
  ["digits", "1234567890"],
  ["digits apart", "1 2 3 "],
  ["numbers in groups", "11-22 33.44/"],
  ["at signs", "@"],
  ["addresses", "a@a."],
  ["equals signs", "="],
  ["colons", ":"],
  ["assignments", "password=a1 "],
  ["capitals apart", "A A A A "],
  ["capitalised words", "Anna Maria "],
  ["nested escapes", '"\\\\\\"\\u0040'],
  ["runs like base64", "QWxhZGRpbjpvcGVuIHNlc2FtZQ"],
  ["one run like base64", "Zm9v"],
  ["hexadecimal", "deadbeef00"],
  ["token prefixes", "sk-ant-"],
  ["zero-width characters", "a\u200b"],
  ["nothing but zero-width characters", "\u200b"],
  ["soft hyphens in numbers", "1\u00ad2\u00ad"],
  ["look-alike letters", "p\u0430ss\u0430"],
  ["full-width digits", "\uff11\uff12 "],
  ["entities", "&#64;&amp;"],
  ["percent signs", "%40%"],
  ["quoted-printable", "=40=\r\n"],
  ["spaces", " "],
  ["line ends", "\n"],
  ["dashes", "-----BEGIN "],
];
