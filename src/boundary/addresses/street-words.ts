/** Words that stand before the name of a street: `calle`, `ul.`, `rue`. Those of two letters need their dot. */
export const before: readonly string[] = [
  // Spanish, Catalan, Galician, Basque
  "calle, c/, clle, avda, avd, av, avenida, avenido, plaza, pza, plza, pz, paseo, pso, pº, p º, gran vía, carretera, ctra, crta, ronda, travesía, trva, glorieta, urbanización, urb, callejón, rambla, carrer",
  "avinguda, plaça, passeig, rúa, praza, kalea, etorbidea, poligono industrial, pol ind, camí, camiño, callejuela, costanilla",
  // Portuguese
  "rua, travessa, praça, alameda, estrada, beco, praceta, rotunda, calçada",
  // French
  "rue, avenue, ave, boulevard, bd, bld, blvd, bvd, allée, allee, allées, impasse, quai, chemin, chem, faubourg, fbg, ruelle, sentier, esplanade, venelle, rte, imp, all, ch, rond point",
  // Italian
  "viale, v le, piazza, p zza, pza, piazzale, p le, corso, c so, vicolo, lungomare, contrada, borgo, fondamenta, salita, stradone, vicolo",
  // Romanian
  "strada, str, bulevardul, bulevard, b dul, bdul, aleea, calea, șoseaua, sos, piața, intrarea, splaiul, prelungirea, fundătura, drumul",
  // Polish
  "ul, ulica, ulicy, ulicę, ulicą, ulico, al, aleja, alei, aleję, aleją, aleje, alejach, pl, plac, placu, placem, os, osiedle, osiedlu, osiedla, rondo, ronda, rondzie, rondem, skwer, skwerze, skweru, bulwar, bulwarze",
  // Czech, Slovak, Slovenian, Croatian, Serbian
  "ulice, ulici, nám, náměstí, námestie, třída, tř, nábřeží, nábr, nábrežie, sídliště, sídlisko, trieda, trg, cesta",
  // Bulgarian, Macedonian, Serbian, Ukrainian
  "ул, улица, бул, булевард, пл, площад, ж к, жк, кв, вул, вулиця, просп, проспект, улице, трг",
  // Greek
  "οδός, οδού, οδό, λεωφόρος, λεωφόρου, λεωφ, πλατεία, πλατείας, πλ",
  // Maltese, Irish
  "triq, misraħ, sqaq, vjal, sráid, bóthar",
];

/** Words of many meanings: they count behind a word for living somewhere, or before a postcode. */
export const weakBefore: readonly string[] = [
  "via, place, largo, cours, passage, route, square, camino, carrera, barrio, quinta, largo, localidad, strasse, straße, route de, vico, loc, frazione, località, pr, šetalište, obala",
];

/** Words behind which the number of a house stands, joined to the name or apart from it; by language, without accents and in small letters. */
export const endings: readonly { readonly words: string; readonly joined: boolean; readonly apart: boolean }[] = [
  // German
  { words: "straße strasse str gasse weg platz allee chaussee damm ufer steig promenade stieg", joined: true, apart: true },
  // Dutch
  { words: "straat laan plein gracht kade dijk singel steeg dreef steenweg weg straatweg", joined: true, apart: true },
  // Swedish, Norwegian, Danish, Icelandic
  {
    words: "gatan vägen gränden gränd stigen backen torget allén esplanaden gata gaten veien vegen plassen svingen gade vej vænge plads torv stræde allé",
    joined: true,
    apart: true,
  },
  { words: "väg gate vei veg stræti götu vegur braut", joined: true, apart: true },
  // Finnish
  {
    words: "katu katua kadun kadulla kadulle kadulta tie tien tiellä tielle tieltä kuja kujan kujalla polku kaari raitti aukio bulevardi puistikko",
    joined: true,
    apart: true,
  },
  // Hungarian
  { words: "utca utcában u út útja útján tér tere körút krt sétány rakpart fasor köz dűlő", joined: false, apart: true },
  // Baltic
  { words: "tänav tn mnt maantee pst puiestee iela ielā bulvāris prospekts gatvė gatvės gatvėje g pr prospektas", joined: false, apart: true },
  // Czech, Slovak, Slovenian, Croatian
  { words: "ulica ulice ulici cesta cesti trg trgu náměstí nám námestie třída nábřeží nábrežie trieda", joined: false, apart: true },
];

/** Compounds with the endings above that are no streets. */
export const noStreets =
  /^(?:park|arbeits|spiel|stell|sitz|steh|sport|camping|rechts|dienst|seit|heim|rück|aus|um|hin|her|irr|instanzen|verwaltungsrechts|zivilrechts|luft|see|land|wasser|verkehrs|lehr|studien|ausbildungs|markt|börsen|finanz|handels|rast|tennis|fußball|golf|bau|treff|brenn|schau|tabellen|start|abstell|lager|liege|lösungs|mittel|bundes|landes|kreis|staats|rad|geh|schul|hafen|flug|studien|ausbildungs|kita|therapie|flucht|trans|wirkungs|über|halte|rang|pflege|wohn|hinter|fahr|milch|wasser|haupt|eisen|bahn|vogel|beschwerde|klage|gerichts|finanzrechts|sozialrechts|vor)(?:weg|platz|steig|plätze)$|^(?:bundes|landes|kreis|staats|auto)stra(?:ß|ss)e$|(?:val|valta|maan|kanta|rauta|moottori|vesi|ilma|sähkö|urheilu)tie/;

/** Behind number and name: `12 High Street`. Those that are words of many meanings need a comma, a full stop or a line's end behind them. */
export const english = "street, st, road, rd, lane, ln, avenue, ave, drive, close, crescent, mews, terrace, grove, boulevard, blvd";
export const weakEnglish = "way, court, place, gardens, hill, row, walk, square, parade, quay, park, rise, view, green, house, heights";

/** Post boxes: the number stands behind them. */
export const boxes: readonly string[] = [
  "postfach, p o box, po box, pobox, boîte postale, apartado de correos, apdo de correos, apdo correos, apartado postal, apartado, casella postale, skrytka pocztowa, skr poczt",
  "skr pocztowa, skrytka, postbus, postboks, postbox, postiljon, caixa postal, poštovní přihrádka, poštový priečinok, poštanski pretinac, poštni predal, postafiók, pf, căsuța poștală",
  "ταχ θυρίδα, ταχυδρομική θυρίδα, τ θ, п к, пощенска кутия, postilokero, pašto dėžutė, postkast, abonenta kastīte, cx postal, bp, pósthólf",
];

/** Words for living somewhere, with the words that lead to the place. */
export const residence: readonly string[] = [
  "wohnhaft, wohnt, wohne, wohnen, wohnend, gemeldet, ansässig, lebt in, residing, resides, resident of, lives in, lives at, live in, live at, living in, living at, domiciled",
  "domicilié, domiciliée, demeurant, demeure, habite, habitant, réside, résidant, domiciliado, domiciliada, residente, reside, vive en, vivo en, con domicilio, vecino de, vecina de",
  "natural de, procedente de, residenza, abita, abito, risiede, domiciliato, domiciliata, nato a, nata a, morador, moradora, reside em, mora em, moro em, residente em, domiciliat, domiciliată, locuiește, locuiesc, domiciliul",
  "woonachtig, woont, woon, wonende, bosatt, bor på, bor i, bosat, bopæl, bosiddende, boende, asuu, asun, zamieszkał*, mieszka, mieszkam, zameldowan*, bytem, bydlí, bydlím, trvale bytem, bydlisk*, žije v, bývam, stanuje, stanujem",
  "živi u, s prebivalištem, prebivališt*, lakik, lakom, lakóhely*, κάτοικος, κατοικεί, μένει, μένω, живее, живея, живущ*, проживає, elab, elan, dzīvo, dzīvoju, gyvena, gyvenu, búsettur, býr",
  "in via, sede in, con sede in, z siedzibą, zam",
];

/** The larger towns of Poland, in the forms of their cases; others are found behind a postcode, a street, a label or a word for living there. */
export const polishTowns: readonly string[] = [
  "warszawa, warszawy, warszawie, warszawę, warszawą, kraków, krakowa, krakowie, krakowem, krakowowi, łódź, łodzi, łodzią, wrocław, wrocławia, wrocławiu, wrocławiem, poznań, poznania, poznaniu, poznaniem, gdańsk, gdańska, gdańsku, gdańskiem",
  "szczecin, szczecina, szczecinie, szczecinowi, szczecinem, bydgoszcz, bydgoszczy, lublin, lublina, lublinie, lublinem, białystok, białegostoku, białymstoku, katowice, katowic, katowicach, katowicom, gdynia, gdyni, gdynię, gdynią, częstochowa, częstochowy, częstochowie, częstochowę, wczęstochowie",
  "radom, radomia, radomiu, toruń, torunia, toruniu, sosnowiec, sosnowca, sosnowcu, rzeszów, rzeszowa, rzeszowie, kielce, kielc, kielcach, gliwice, gliwic, gliwicach, olsztyn, olsztyna, olsztynie, zabrze, zabrza, zabrzu, bielsko biała, bielsku białej, bytom, bytomia, bytomiu, zielona góra, zielonej górze, zielonej góry",
  "rybnik, rybnika, rybniku, opole, opola, opolu, tychy, tychów, tychach, gorzów, gorzowa, gorzowie, elbląg, elbląga, elblągu, płock, płocka, płocku, wałbrzych, wałbrzycha, wałbrzychu, włocławek, włocławka, włocławku, tarnów, tarnowa, tarnowie, chorzów, chorzowa, chorzowie, koszalin, koszalina, koszalinie",
  "kalisz, kalisza, kaliszu, legnica, legnicy, legnicę, grudziądz, grudziądza, grudziądzu, słupsk, słupska, słupsku, nowy sącz, nowego sącza, nowym sączu, jelenia góra, jeleniej górze, siedlce, siedlec, siedlcach, konin, konina, koninie, gniezno, gniezna, gnieźnie, sopot, sopotu, sopocie, zakopane, zakopanem, suwałki, suwałk, suwałkach",
];
