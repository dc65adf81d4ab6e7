/** Words so common that a list of them would find something in every text, by language. A word of one list counts in all. */
const byLanguage: Readonly<Record<string, string>> = {
  en: "the and for are but not you all any can her was one our out day get has him his how man new now old see two way who boy did its let put say she too use with have this will your from they know want been good much some time very when come here just like long make many more only over such take than them well were what that their which would about there could other after first water where right think house world year work may mark will grace hope rose summer april june august monday tuesday wednesday thursday friday saturday sunday january february march july september october november december street road city name company customer project order number date price team office",
  de: "der die das und ist nicht ein eine einen einem einer mit von für auf den dem des sich auch als nach bei aus wie wir ihr sie sein haben werden kann muss soll wird sind war hat oder aber nur noch schon mehr sehr hier dann wenn dass durch über unter vor zum zur jahr tag zeit mann frau kind haus straße stadt land firma kunde projekt auftrag nummer datum preis herr lang klein gross groß neu alt gut montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember",
  fr: "les des une est pas que qui dans pour sur avec plus par tout elle nous vous ils sont mais comme faire fait cette bien être avoir aussi leur deux même temps jour ville rue client projet nom date prix petit grand lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août octobre décembre",
  es: "los las una del por con para como pero más este esta todo ser son fue hay muy sin sobre también hasta desde nos día año vez calle ciudad cliente proyecto nombre fecha precio lunes martes miércoles jueves viernes sábado domingo enero febrero abril mayo junio julio agosto",
  it: "gli del della che non per con una sono come più anche questo questa tutto dal nel alla sul suo loro anni giorno via città cliente progetto nome data prezzo lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio marzo aprile maggio giugno luglio",
  pt: "não uma para com por mais como mas foi seu sua dos das nos também até isso ela ele dia ano rua cidade cliente projeto nome data preço segunda terça quarta quinta sexta janeiro março maio junho julho",
  nl: "het een van niet dat die met voor zijn aan maar ook bij nog dan wel naar kan door over uit jaar dag straat stad klant project naam datum prijs maandag dinsdag woensdag donderdag vrijdag zaterdag zondag maart mei",
  pl: "nie jest się że na do to jak ale czy tak już tylko jego przez dla przy lub oraz być ten ta rok dzień czas ulica miasto klient projekt imię nazwa numer data cena poniedziałek wtorek środa czwartek piątek sobota niedziela maj marzec",
  cs: "není jsem jako ale nebo tak jen jeho pro při být ten rok den čas ulice město zákazník projekt jméno číslo datum cena pondělí úterý středa čtvrtek pátek sobota neděle květen",
  sk: "nie som ako ale alebo tak len jeho pre byť ten rok deň čas ulica mesto zákazník projekt meno číslo dátum cena pondelok utorok streda štvrtok piatok nedeľa",
  sv: "och att det som för inte med den till har var jag men ett kan från vid här när alla också efter dag gata stad kund namn datum pris måndag tisdag onsdag torsdag fredag lördag söndag mars maj",
  da: "og det som for ikke med den til har var jeg men kan fra ved her når alle også efter dag gade kunde navn dato pris mandag tirsdag onsdag torsdag fredag lørdag søndag marts",
  fi: "on ja ei se että oli hän mutta kun niin myös joka vain jos tai kuin nyt vuosi päivä aika katu kaupunki asiakas nimi numero maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
  et: "ja ei see et oli aga kui nii ka või mis siis aasta päev aeg tänav linn klient nimi number esmaspäev teisipäev kolmapäev neljapäev reede",
  hu: "és hogy nem egy van volt csak már még meg ami mint vagy után alatt nap idő utca város ügyfél név szám hétfő kedd szerda csütörtök péntek szombat vasárnap",
  ro: "și este nu un o pe cu care din sau mai dar fost după zi timp stradă oraș client nume număr luni marți miercuri joi vineri sâmbătă duminică",
  lt: "ir yra ne tai kad su bet arba kaip jau dar metai diena gatvė miestas klientas vardas numeris",
  lv: "un ir nav ka ar bet vai kā jau vēl gads diena iela pilsēta klients vārds numurs",
  el: "και είναι δεν το να με για από που στο αλλά όταν χρόνος ημέρα οδός πόλη πελάτης όνομα αριθμός",
  bg: "не това като или за от при най още ден година улица град клиент име номер",
  uk: "не це як або для від при ще день рік вулиця місто клієнт ім'я номер",
  hr: "nije jest kao ali ili tako samo njegov biti taj godina dan ulica grad kupac ime broj datum cijena",
};

/** In lower case. */
export const commonWords: ReadonlySet<string> = new Set(Object.values(byLanguage).flatMap((words) => words.split(" ")));
