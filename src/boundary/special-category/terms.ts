/** A kind of data that Article 9 or 10 of the GDPR protects. */
export type Category = "health" | "religion" | "union" | "politics" | "ethnicity" | "sexuality" | "genetic" | "biometric" | "conviction";

/**
 * Words that tell such a thing of a person once the text speaks of one; `stem*` stands for every word that begins so, accents and case do not
 * count. Small on purpose: a hint is enough to raise the class of a text, and rare names of illnesses add little.
 */
export const terms: Readonly<Record<Category, readonly string[]>> = {
  health: [
    // In most languages of Europe alike
    "diabet*, dijabet*, cukrzyc*, cukrovk*, cukorbeteg*, sokeritaut*, ζαχαρώδη διαβήτη, диабет*, діабет*, šećerna bolest, šećerne bolesti, šećernu bolest, hiv, hiv positi*, depressi*, depresi*, depresj*, κατάθλιψη*, депреси*",
    "schizophren*, schizofren*, esquizofren*, skizofren*, schisofren*, epileps*, epilept*, επιληψία*, епилепс*, asthma*, astma*, asma, άσθμα, астма*, hepatit*, epatit*, zapalenie wątroby, leukäm*, leukem*, leucem*",
    "krebs, brustkrebs*, darmkrebs*, lungenkrebs*, hautkrebs*, prostatakrebs*, krebserkrank*, krebskrank*, cancer, cáncer, cancro, raka, rakiem, rakovin*, rak piersi, rákos, rákbeteg*, syöpä*, syöpää, kræft*, kreft*, cancern, kanker*, borstkanker*, καρκίνο*, рак на, рак гърд*, vähk*, vähihaig*, vēža, vēzis, vėžys, vėžį, vėžiu, vėžio, krabbamein*, ailse",
    "tumor*, tumour*, tumeur*, tumore*, nowotw*, karzinom*, carcinom*, metasta*, chemother*, chimioth*, quimioter*, chemioter*, kemoter*, kemoterap*, dialys*, dializ*, parkinson*, alzheimer*, demenz*, demenci*, demens*, démence, demencj*, autis*, autyzm*, adhd, adhs, tdah, bipolare störung, bipolar disorder, trouble bipolaire, bipolární, dwubiegunow*, bipolar, burnout, borderline störung, borderline personality",
    "insulin*, antidepress*, antydepres*, psychiatr*, psychisch krank, psychische erkrank*, psychother*, psychoter*, psicoter*, psiquiatr*, psichiatr*, psihiatr*, ψυχίατρ*, ψυχιατρ*, психиатр*, anorexi*, anoreks*, bulimi*, bulimia, alkoholik*, alkoholist*, alkoholism*, alkoholizm*, alcoholic*, alcoholism*, alcólic*, alcoolism*, alcoolic*, alkoholabhäng*, drogenabhäng*, suchtkrank*, drug addict*, toxicoman*",
    "herzinfarkt*, infarkt*, infarct*, infarto, zawał*, schlaganfall*, slaganfall*, had a stroke, suffered a stroke, un avc, ictus, mozková mrtvice, mozkovou mrtvici, udar mózgu, covid*, migrän*, migrain*, migren*, multiple sklerose, multiple sclerosis, sclérose en plaques, esclerosis múltiple, sclerosi multipla, stwardnienie rozsiane, tuberkul*, tubercul*, syphilis*, sifilis*, sífilis",
    "hypertension*, hipertensión*, ipertension*, nadciśnieni*, bluthochdruck*, endometrio*, psoria*, rheuma*, arthriti*, artriti*, ostéopor*, osteopor*, lupus, fibromyalg*, fibromialg*, crohn*, zöliaki*, celiac*, coeliac*, celíac*, celiach*, celiaki*",
    // English
    "pregnant, pregnancy, miscarriage, abortion, sick leave, chronic illness, chronically ill, mentally ill, mental illness, disability, wheelchair, heart attack, heart failure, kidney failure, seizure*, overdose*, medication for, prescribed, surgery, ptsd, anxiety disorder*, panic attack*, blood pressure, self harm, suicidal",
    // German
    "schwanger*, fehlgeburt*, abtreibung*, krankgeschrieben*, krankschreib*, arbeitsunfähig*, schwerbehindert*, behinder*, pflegegrad*, rollstuhl*, herzfehler*, herzinsuffizienz*, chronisch krank*, psychische störung*, angststörung*, panikattack*, suizid*, magersucht*, epilepti*, bandscheibenvorfall*, krankheit*, erkrankung*",
    // French
    "enceinte, fausse couche, avortement*, ivg, arrêt maladie, handicap*, maladie chronique, maladie de, dépression*, fauteuil roulant, crise cardiaque, suicidair*, troubles anxieux, hypertendu*, séropositi*, cancéreu*",
    // Spanish, Catalan, Portuguese, Galician
    "embarazad*, aborto*, baja médica, discapacidad*, minusval*, enfermedad*, depresión*, seropositiv*, ataque al corazón, silla de ruedas, suicid*, ansiedad, grávida*, baixa médica, deficiência*, doença*, depressão, malaltia, embarassada, baixa per malaltia",
    // Italian, Romanian
    "incinta, gravidanza, malattia*, invalidità, disabilità, sieropositiv*, infortunio, însărcinată, gravidă, concediu medical, handicap*, dizabilit*, boală*, bolnav*, boli, depresie*",
    // Polish, Czech, Slovak
    "w ciąży, ciąża, ciężarn*, poronien*, aborcj*, zwolnienie lekarskie, niepełnosprawn*, choroba, choroby, chorobę, przewlekle chor*, rozrusznik*, těhotn*, potrat*, neschopenk*, invalidní důchod*, onemocněn*, nemoc, nemocí, postižen*, tehotn*, práceneschop*, ochoren*, choroba, chorobou",
    // Hungarian, Finnish, Estonian
    "terhes*, várandós*, vetélés*, abortusz*, betegállomány*, fogyatékos*, betegség*, rokkant*, depresszió*, raskaana, raskaus*, keskenmeno*, sairausloma*, vammai*, sairaus*, sairastaa*, masennu*, raseda*, on rase, olen rase, haigusleht*, puude*, haigus*",
    // Swedish, Danish, Norwegian, Icelandic
    "gravid*, missfall*, abort, sjukskriven*, funktionsnedsätt*, sjukdom*, sygemeld*, handicappet*, sygdom*, sykmeld*, funksjonshem*, sykdom*, ólétt, ólétta, sjúkdóm*, þunglyndi*, öryrk*, hjärtinfarkt*, hjerteinfarkt*",
    // Dutch
    "zwanger*, miskraam*, abortus, ziekgemeld*, arbeidsongeschikt*, gehandicapt*, ziekte*, depressief, hartaanval*, hartfalen, beroerte*, verslaafd*, rolstoel*",
    // Latvian, Lithuanian
    "grūtniec*, slimīb*, invalidit*, darbnespēj*, nėšč*, ligos, neįgal*, nedarbingum*, depresij*",
    // Slovenian, Croatian, Serbian
    "noseč*, bolezen*, bolniški stalež, bolniške, invalidnin*, trudn*, bolovanj*, bolest*, invalidit*, depresij*",
    // Greek, Bulgarian, Ukrainian
    "έγκυος*, εγκυμοσύνη*, αναπηρία*, ασθένεια*, πάσχει*, νόσος*, бременн*, болнич*, инвалид*, заболяване*, болест*, увреждан*, вагітн*, хвороб*, інвалід*",
    // Maltese, Irish, Turkish
    "tqila, diżabilit*, mard, ag iompar clainne, míchumas, hamile*, engelli*, kanser*, şeker hastası, hastalığı*",
  ],
  religion: [
    "muslim*, moslem*, muslima*, musulm*, muçulman*, muzułman*, muszlim*, μουσουλμάν*, мюсюлман*, мусульман*, jewish, jüdisch*, jude, jüdin, juif, juive, judío, judía, judeu, ebreo, ebrea, żyd, żydówk*, žid, židovk*, zsidó*, juutalai*, jøde, jødisk*, judisk*, joods*, evrei, evreu, εβραί*, евре*, іуде*",
    "catholic, katholi*, catholique*, católic*, cattolic*, katolic*, katoli*, katolsk*, rooms katholiek, rzymskokatolick*, римокатоли*, католи*, καθολικ*, protestant*, evangelisch, evangelische, evangelick*, lutheran*, luterilai*, evangélik*, reformátu*, protestante*, anglican*, orthodox christian, orthodoxe, prawosławn*, pravoslavn*, pravoslavan, ortodox, православ*, χριστιανός ορθόδοξος",
    "buddhis*, budist*, buddyst*, hindu, hinduist*, sikh, atheist*, atheistin, ateist*, athée, ateo, atea, ateu, ateista, άθεο*, атеист*, agnosti*, jehova*, zeuge jehovas, zeugen jehovas, świadek jehowy, świadkiem jehowy, mormon*, konfessionslos*, kirchensteuer*, kirchenaustritt*, konvertiert*, getauft*, ochrzczon*, baptised, baptized, praying at the mosque, wyznan*, konfession, vallása, uskonto*",
  ],
  union: [
    "gewerkschaft*, ver di, ig metall, ig bce, trade union*, union member*, union rep*, labour union*, labor union*, shop steward*, syndicat, syndicats, syndiqu*, cgt, cfdt, délégué syndical, sindicato*, sindicalist*, afiliado sindical, afiliada sindical, comisiones obreras, ccoo, ugt, sindacat*, cgil, cisl",
    "związku zawodowego, związkiem zawodowym, solidarności, odborů, odborář*, v odborech, odborové organizace, szakszervezet*, ammattiliito*, ammattiyhdist*, fackförening*, fackliga*, facket, fackförbund*, fagforening*, fagforbund*, vakbond*, vakvereniging*, fnv, συνδικάτο*, συνδικαλιστ*, синдикат*, профспілк*, sindikat*, ametiühing*, arodbiedr*, profesinė sąjunga, profesinės sąjungos, profsąjung*, stéttarfélag*, sindicat*, ceardchumann, sendika*",
  ],
  politics: [
    "party member*, member of the labour party, member of the conservative party, member of the green party, parteimitglied*, parteibuch*, cdu, csu, spd, afd, fdp, die grünen, die linke, piratenpartei, fpö, övp, spö, svp, parti socialiste, parti communiste, rassemblement national, france insoumise, les républicains, partido popular, psoe, podemos, partido socialista",
    "partito democratico, fratelli d italia, forza italia, lega nord, prawo i sprawiedliwość, platforma obywatelska, partii politycznej, politické strany, politickej strany, politické straně, párttag*, fidesz*, puolueen, kokoomus*, perussuomal*, partimedlem*, socialdemokrat*, sverigedemokrat*, moderaterna, partij voor, pvda, vvd, pvv, κόμματος, партиен член, член на партия*, vota por, votes for, voted for, wählt die, stemmer på, stemt op, äänestää, głosuje na, political opinion*, politische meinung, politische überzeugung, opinion politique, opiniones políticas, poglądy polityczne, communist*, kommunist*, comunist*",
  ],
  ethnicity: [
    "ethnic origin, ethnicity, ethnische herkunft, origine ethnique, origen étnico, origine etnica, pochodzenie etniczne, pochodzenia etnicznego, pochodzenia romskiego, pochodzenia żydowskiego, etnický původ, etnického původu, etnikai, etnisk bakgrund, etnisk oprindelse, etniska ursprung, roma origin, sinti, rroma, gitano, gitana, romanichel, romskiego, romského, romské, roma származás*, cigány*, raza negra, raza blanca, raza caucas*, raza caucás*, raza gitana, caucásic*, caucasian",
    "african american, afroamerican*, afro american*, afrodeutsch*, afrodescend*, black woman, black man, schwarze hautfarbe, migrationshintergrund*, of african descent, of asian descent, kurdish, kurdisch*, kurdyjsk*, kurdsk*, etniczn*, etnia, εθνικής καταγωγής, етнически произход, ромски произход, romano tautas, čigān*, tautyb*, narodnostn*, rassische herkunft, hautfarbe, couleur de peau, color de piel",
  ],
  sexuality: [
    "gay, lesbian*, lesbisch*, lesbienne*, lesbiana*, lesbica*, lesbick*, lesbijk*, leszbikus*, lesbo, homosex*, homoseks*, homoszex*, omosess*, ομοφυλόφιλ*, гей, лесбийк*, хомосекс*, гомосекс*, bisex*, biseks*, bisess*, biszex*, бисекс*, queer, transgender*, transsex*, transseks*, transess*, transzex*, transidentit*, schwul*, pedé, sexual orientation, sexuelle orientierung, orientation sexuelle, orientación sexual, orientamento sessuale, orientacja seksualna, orientacji seksualnej, orientację seksualną, sexuální orientac*, heterosex*, heteroseks*, non binary, nichtbinär*",
  ],
  genetic: [
    "genetic test*, genetic predisposition*, genetic disorder*, dna test*, dna analysis, gentest*, gendefekt*, erbkrankheit*, erbgut, brca, brca1, brca2, test adn, test génétique*, maladie génétique, análisis genétic*, prueba genétic*, test genetic*, malattia genetica, badania genetyczne, badanie genetyczne, badań genetycznych, choroba genetyczna, choroby genetycznej, chorobę genetyczną, genetické vyšetření, genetický test, genetického testu, genetikai vizsgálat*, geenitest*, geenivirhe*, gentester, genetisk*, trisom*, down syndrome, down syndrom*, síndrome de down, sindrome di down, zespół downa, zespołem downa, huntington*, генетич*, γενετικ*, karyotyp*",
  ],
  biometric: [
    "my fingerprint*, his fingerprint*, her fingerprint*, fingerprint record*, fingerabdru*, empreinte digitale, empreintes digitales, huella dactilar, huellas dactilares, huellas digitales, impronta digitale, impronte digitali, impressão digital, impressões digitais, odciski palców, odcisk palca, otisk prstu, otisky prstů, odtlačk*, ujjlenyomat*, sormenjäl*, sõrmejäl*, fingeravtryck*, fingeraftryk*, fingeravtrykk*, vingerafdruk*, pirkstu nospied*, pirštų atspaud*, prstni odtis*, otisak prsta, otisci prstiju, amprent*, δακτυλικό αποτύπωμα, δακτυλικά αποτυπώματα, пръстов отпечатък, пръстови отпечатъци, відбитк*, iris scan*, irisscan*, retina scan*, face recognition, facial recognition, gesichtserkennung*, reconnaissance faciale, reconocimiento facial, riconoscimento facciale, voiceprint*, stimmabdruck*, biometric data, biometric record*, biometrische daten, biometrischen daten, données biométriques, datos biométricos, dati biometrici, dane biometryczne, dados biométricos, βιομετρικά δεδομένα, biometrické údaje, биометрични данни, parmak izi*",
  ],
  conviction: [
    "convicted of, convicted for, criminal record*, prior conviction*, previous conviction*, prison sentence*, served time, vorbestraf*, vorstrafe*, haftstrafe*, freiheitsstrafe*, bewährungsstrafe*, gefängnisstrafe*, führungszeugnis*, im gefängnis, casier judiciaire*, peine de prison, ex détenu*, antecedentes penales, antecedentes criminales, condenado por, condenada por, pena de prisión, condannato per, condannata per, fedina penale, precedenti penali, registo criminal, pena de prisão",
    "skazany za, skazana za, skazany na, skazana na, karaln*, karany, karana, wyrok więzienia, odsouzen*, trestní rejstřík, trestním rejstříku, odsúden*, register trestov, büntetett előéletű, elítélték, börtönbüntetés*, tuomittiin, vankeusrangaist*, rikosrekister*, dömdes för, dömd för, fängelse*, belastningsregist*, straffeattest*, dømt for, fengselsstraff*, fængselsstraf*, veroordeeld voor, strafblad, gevangenisstraf*, cazier judiciar, condamnat pentru, pedeapsa cu închisoarea, καταδικάστηκε για, ποινικό μητρώο, осъден за, осъдена за, съдимост*, затвор, osuđivan*, kazneno evidenc*, obsojen*, zaporna kazen, zaporno kazen, karistusregist*, süüdi mõistet*, notiesāt*, nuteist*, teistum*, sakaskrá*",
  ],
};
