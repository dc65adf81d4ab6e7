/**
 * Words that make a sentence one about a person: first persons, kin, patients and members, verbs for having, suffering, being diagnosed. General
 * talk ("what is diabetes?", "diabetics should …") has none of them. Pronouns count with their verb only.
 */
export const cues: readonly string[] = [
  // English
  "i have, i ve, i am, i m, i was, i had, i suffer, i take, i need, i got, i voted, my son, my daughter, my wife, my husband, my mother, my father, my mum, my mom, my dad, my child, my kid, my baby, my patient, my partner, my colleague, my brother, my sister, my friend, my boss, my employee, my client, my girlfriend, my boyfriend, my ex, my neighbour, my neighbor",
  "he has, she has, he is, she is, he s, she s, he was, she was, he had, she had, they are, her husband, his wife, suffers from, suffering from, suffered from, diagnosed with, was diagnosed, been diagnosed, treated for, was treated, history of, the patient, this patient, patient is, patient has, patient with, patient was, patient name, year old, years old, a member of, is member of, member of, member of a, tested positive, on sick leave, the applicant, the employee, the candidate, the client, converted to, identifies as, came out, who has, who is, who was, my fingerprint*, his fingerprint*, her fingerprint*, mr, mrs, our colleague",
  // German
  "ich habe, ich bin, ich leide, ich nehme, ich war, ich hatte, ich wähle, ich gehöre, bin ich, habe ich, mein sohn, mein mann, mein vater, mein kind, mein bruder, mein chef, mein kollege, mein freund, mein patient, mein mandant, meine tochter, meine frau, meine mutter, meine schwester, meine kollegin, meine freundin, meine patientin, meine mandantin, meiner mutter, meinem vater, meinem sohn, meiner tochter, meiner frau, meinem mann",
  "er hat, sie hat, er ist, sie ist, er war, sie war, hat er, hat sie, leidet an, leidet unter, leidet seit, litt an, erkrankt, erkrankte, erkrankt an, diagnostiziert, der patient, die patientin, patient, patientin, des patienten, der patientin, herr, herrn, frau, der mitarbeiter, die mitarbeiterin, unsere mitarbeiterin, unser mitarbeiter, der bewerber, die bewerberin, der antragsteller, die antragstellerin, der versicherte, die versicherte, mitglied in, mitglied der, mitglied bei, ist mitglied, jährige, jähriger, jährigen, bei ihm, bei ihr, bekennt sich, konvertierte",
  // French
  "j ai, je suis, je souffre, j étais, je prends, je vote, mon fils, mon mari, mon père, mon enfant, mon frère, mon patron, mon collègue, mon ami, mon patient, mon client, ma fille, ma femme, ma mère, ma soeur, ma sœur, ma collègue, ma patiente, ma cliente, il a, elle a, il est, elle est, il était, elle était, il souffre, elle souffre, souffre de, souffre d, souffrant de, atteint de, atteinte de, atteint d, atteinte d, diagnostiqué*, le patient, la patiente, patiente, monsieur, madame, mme, le salarié, la salariée, notre salarié*, notre collègue, membre du, membre de la, membre d un, adhérent, adhérente, âgé de, âgée de, ans atteint",
  // Spanish, Catalan, Galician
  "tengo, estoy, soy, padezco, sufro, mi hijo, mi hija, mi marido, mi mujer, mi esposa, mi madre, mi padre, mi hermano, mi hermana, mi paciente, mi cliente, mi jefe, mi compañero, mi compañera, mi amigo, mi amiga, tiene, padece, sufre, ella es, él es, está embarazada, diagnosticad*, ha sido diagnosticad*, el paciente, la paciente, paciente de, paciente con, paciente, varón de, mujer de, años de edad, el trabajador, la trabajadora, doña, sra, miembro de, miembro del, afiliado a, afiliada a, afiliado al, afiliada al, tinc, pateix, la meva filla, el meu fill, el pacient, la pacient",
  // Portuguese
  "tenho, estou, sou, sofro, meu filho, minha filha, meu marido, minha mulher, minha esposa, minha mãe, meu pai, meu irmão, minha irmã, meu paciente, minha paciente, tem diabetes, sofre de, foi diagnosticad*, diagnosticad*, o paciente, a paciente, o doente, a doente, o trabalhador, a trabalhadora, ele é, ela é, ela está, ele está, ele tem, ela tem, membro do, membro da, sindicalizad*, anos de idade",
  // Italian
  "ho il, ho la, ho un, ho una, ho avuto, soffro, sono, mio figlio, mia figlia, mio marito, mia moglie, mia madre, mio padre, mio fratello, mia sorella, il mio paziente, la mia paziente, il mio capo, il mio collega, la mia collega, soffre di, è affetto, è affetta, affetto da, affetta da, malato di, malata di, lui è, lei è, lui ha, lei ha, il paziente, la paziente, paziente, diagnosticat*, il dipendente, la dipendente, il signor, la signora, signora, iscritto al, iscritta al, iscritto alla, iscritta alla, membro del, membro della, di anni",
  // Romanian
  "am fost, am diabet, sunt, sufăr, fiul meu, fiica mea, soțul meu, soția mea, mama mea, tatăl meu, fratele meu, sora mea, colegul meu, colega mea, pacientul, pacienta, pacient, suferă de, are diabet, diagnosticat*, a fost diagnosticat*, domnul, doamna, angajatul, angajata, membru al, membră a, membru în, el este, ea este, în vârstă de",
  // Dutch
  "ik heb, ik ben, ik lijd, ik had, ik was, ik slik, ik stem, mijn zoon, mijn dochter, mijn man, mijn vrouw, mijn moeder, mijn vader, mijn kind, mijn broer, mijn zus, mijn collega, mijn baas, mijn vriend, mijn vriendin, mijn patiënt, mijn cliënt, hij heeft, zij heeft, ze heeft, hij is, zij is, ze is, lijdt aan, leed aan, gediagnosticeerd*, de patiënt, patiënt, patiënte, meneer, mevrouw, dhr, mevr, de werknemer, de werkneemster, onze medewerker, lid van, is lid, jarige",
  // Polish
  "mam, jestem, choruję, cierpię, byłem, byłam, mój syn, moja córka, mój mąż, moja żona, moja mama, mój ojciec, mój tata, mój brat, moja siostra, mój pacjent, moja pacjentka, mój szef, mój kolega, moja koleżanka, mojego, mojej, choruje na, chory na, chora na, cierpi na, zdiagnozowan*, rozpoznano u, leczy się, leczony, leczona, pacjent, pacjentka, pacjenta, pacjentki, pan, pani, pana, panią, pracownik, pracownica, nasz pracownik, wnioskodawca, należy do, członkiem, członek, członkinią, jest członkiem, letni, letnia",
  // Czech, Slovak
  "mám, jsem, trpím, byl jsem, byla jsem, můj syn, moje dcera, můj manžel, moje manželka, moje žena, moje matka, můj otec, můj bratr, moje sestra, můj pacient, moje pacientka, můj šéf, můj kolega, trpí, onemocněl*, diagnostikován*, byl mu, byla jí, pacient, pacientka, pacienta, pacientky, pan, paní, pán, pani, zaměstnanec, zaměstnankyně, je členem, členem, členkou, letý, som, trpí na, môj syn, moja dcéra, môj manžel, moja manželka, moja mama, môj otec, zamestnanec, zamestnankyňa, je členom, členom, ročný, ročná",
  // Hungarian
  "vagyok, szenvedek, betegem, a fiam, a lányom, a férjem, a feleségem, az anyám, az apám, a testvérem, a főnököm, a kollégám, szenved, diagnosztizált*, a beteg, a páciens, páciens, beteg neve, a munkavállaló, dolgozónk, tagja a, tagja, éves férfi, éves nő, éves beteg, nálam, nála, asszony, kezelik, nekem van",
  // Finnish, Estonian
  "minulla on, olen, sairastan, kärsin, poikani, tyttäreni, mieheni, vaimoni, äitini, isäni, veljeni, siskoni, kollegani, pomoni, potilaani, hänellä on, hän on, hän sairastaa, sairastaa, kärsii, todettiin, diagnosoitiin, potilas, potilaalla, potilaan, työntekijä, jäsen, on jäsen, vuotias, mul on, ma olen, põen, minu poeg, minu tütar, mu ema, mu isa, mu mees, mu naine, tal on, ta on, põeb, diagnoositi, patsient, patsiendil, töötaja, liige, on liige, aastane",
  // Swedish, Danish, Norwegian, Icelandic
  "jag har, jag är, jag lider, jag var, min son, min dotter, min man, min fru, min mamma, min pappa, min mor, min far, min bror, min syster, min kollega, min chef, min patient, han har, hon har, han är, hon är, lider av, drabbats av, diagnostisera*, fått diagnosen, patienten, herr, fru, medarbetaren, den anställde, medlem i, är medlem, årig, åriga",
  "jeg har, jeg er, jeg lider, jeg var, min søn, min datter, min mand, min kone, min far, min søster, sønnen min, datteren min, mannen min, kona mi, min sønn, min ektemann, min kollega, han har, hun har, han er, hun er, lider af, diagnosticer*, diagnostiser*, fået konstateret, fått påvist, fikk påvist, pasienten, pasient, medarbejderen, den ansatte, medlem af, medlem av, er medlem, ég er, ég hef, sonur minn, dóttir mín, maðurinn minn, konan mín, hann er, hún er, hann er með, hún er með, greind*, þjáist af, sjúklingur*, félagi í, ára gamall, ára gömul",
  // Latvian, Lithuanian
  "man ir, es esmu, es slimoju, mans dēls, mana meita, mans vīrs, mana sieva, mana māte, mans tēvs, viņam ir, viņai ir, slimo ar, diagnosticēt*, pacients, paciente, pacientam, pacientei, darbinieks, darbiniece, biedrs, gadus vecs, gadus veca, aš turiu, aš esu, esu, sergu, mano sūnus, mano dukra, mano vyras, mano žmona, mano mama, mano tėvas, jis serga, ji serga, serga, diagnozuot*, pacientas, pacientė, pacientui, darbuotojas, darbuotoja, yra narys, yra narė, narys, narė, metų vyras, metų moteris, jis yra, ji yra",
  // Slovenian, Croatian, Serbian
  "imam, sem, trpim, moj sin, moja hči, moj mož, moja žena, moja mama, moj oče, ima, trpi za, zbolel*, bolnik, bolnica, pacient, pacientka, pacijent, pacijentica, pacijentkinja, delavec, delavka, je član, je članica, član, članica, sam, bolujem, moja kći, moj muž, moja supruga, moja majka, moj otac, moj brat, moja sestra, boluje od, dijagnosticiran*, dijagnosticirana, zaposlenik, zaposlenica, gospodin, gospođa, gospa, godišnji, godišnja, болује од, пацијент, мој син, моја ћерка, члан",
  // Greek
  "έχω, είμαι, πάσχω, υποφέρω, ο γιος μου, η κόρη μου, ο άντρας μου, η γυναίκα μου, η μητέρα μου, ο πατέρας μου, ο αδελφός μου, η αδελφή μου, έχει, πάσχει από, διαγνώστηκε, διαγνωστ*, ο ασθενής, η ασθενής, ασθενής, ασθενούς, ο εργαζόμενος, η εργαζόμενη, ο κύριος, η κυρία, μέλος του, μέλος της, είναι μέλος, ετών",
  // Bulgarian, Ukrainian, Macedonian
  "имам, аз съм, съм, страдам, синът ми, дъщеря ми, мъжът ми, съпругът ми, съпругата ми, майка ми, баща ми, брат ми, сестра ми, тя има, той има, тя е, той е, страда от, болен от, болна от, диагностицир*, пациентът, пациентката, пациент, пациентка, служителят, служителката, господин, госпожа, член на, членува, годишен, годишна, у мене, я маю, мій син, моя дочка, мій чоловік, моя дружина, хворіє на, пацієнт*, є членом",
  // Maltese, Irish, Turkish
  "għandi, jien, ibni, binti, ir raġel tiegħi, il mara tiegħi, il pazjent, pazjent*, għandu, għandha, membru, tá mé, atá orm, mo mhac, m iníon, an t othar, othar, is ball, benim, oğlum, kızım, eşim, annem, babam, hasta adı, üyesi, muzdarip",
];

/** Words of general talk: what is asked or written about a thing says nothing of a person, even where `I` stands in the sentence. */
export const general: readonly string[] = [
  "what is, what are, what does, explain, define, definition of, question about, questions about, essay*, article on, article about, blog post, write a, writing a, writing about, research on, summary of, statistics on, how common, study on, studies on, story about, poem about",
  "was ist, was sind, erkläre*, frage zu, fragen zu, definition von, aufsatz über, artikel über, schreibe einen, schreib einen, zusammenfassung, statistik*, qu est ce que, c est quoi, explique*, question sur, article sur, dissertation*, écris un, qué es, qué son, explica, artículo sobre, pregunta sobre, ensayo sobre, escribe un",
  "cos è, che cos è, spiega, articolo su, domanda su, saggio su, o que é, explique, artigo sobre, pergunta sobre, ce este, explică, articol despre, întrebare despre, wat is, leg uit, artikel over, vraag over, co to jest, czym jest, wyjaśnij, artykuł o, pytanie o, wypracowanie o, co je to, vysvětli, článek o, otázka k, čo je, vysvetli",
  "mi az a, magyarázd, cikk a, kérdés a, mikä on, selitä, artikkeli, kysymys, vad är, förklara, artikel om, fråga om, hvad er, forklar, hva er, artikkel om, spørsmål om, mis on, selgita, kas ir, paskaidro, kas yra, paaiškink, kaj je, razloži, što je, objasni, šta je, τι είναι, εξήγησε, άρθρο για, какво е, обясни, статия за, що таке, поясни, nedir, açıkla",
];

/** Labels of forms whose value is such a thing by itself: `Konfession: rk`, `Diagnosis: F32.1`. */
export const labels: Readonly<Record<"health" | "religion" | "union" | "politics" | "ethnicity" | "sexuality", readonly string[]>> = {
  health: [
    "diagnose, diagnosen, diagnosis, diagnoses, diagnóstico, diagnosi, diagnoza, diagnóza, diagnózis, diagnoosi, diagnoos, diagnoze, διάγνωση, диагноза, діагноз, grad der behinderung, medical condition, medical history, anamnesis, anamnese, antecedentes, allergies, allergien, allergie, alergias, alergie, vorerkrankungen, krankheiten",
  ],
  religion: [
    "konfession, religion, religión, religião, religione, religie, wyznanie, vyznání, vierovyznanie, vallás, uskonto, usutunnistus, reliģija, religija, veroispovijest, vjeroispovijest, θρήσκευμα, θρησκεία, вероизповедание, религия, trúfélag, reliġjon",
  ],
  union: [
    "gewerkschaftszugehörigkeit, gewerkschaft, union membership, affiliation syndicale, afiliación sindical, iscrizione sindacale, przynależność związkowa, vakbondslidmaatschap",
  ],
  politics: [
    "parteizugehörigkeit, party membership, political affiliation, affiliation politique, afiliación política, przynależność partyjna, politische überzeugung",
  ],
  ethnicity: ["ethnische herkunft, ethnicity, ethnic origin, ethnie, origine ethnique, origen étnico, origine etnica, pochodzenie etniczne, etnicita, raza"],
  sexuality: [
    "sexuelle orientierung, sexual orientation, orientation sexuelle, orientación sexual, orientamento sessuale, orientacja seksualna, sexuální orientace",
  ],
};
