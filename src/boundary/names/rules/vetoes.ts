import { hashSet } from "./hash-set.ts";

/** Before one of these, a person's name is that of a street. */
export const streetWords = hashSet(
  `ul ulica ulicy ulice ulici al aleja alei pl plac placu osiedle rondo most rue avenue boulevard bd place quai square allee impasse chemin via viale
  piazza corso largo vicolo calle avenida avda plaza paseo camino ronda rua travessa praca estrada strada str bulevardul piata aleea calea soseaua straat laan
  plein gracht namesti trida nabrezi trg cesta namestie бул ул οδος λεωφορος gatve iela vej gade street road lane`,
);

/** Behind a name, these make it that of a street, a house, a prize. */
export const thingWords = hashSet(
  `strasse straße gasse platz allee weg ufer ring damm street road avenue lane square drive court house prize award straat laan plein gracht utca korut tere
  utja utcai katu tie gatan vagen torg gade vej iela gatve university college school hospital airport station museum institute foundation gymnasium schule
  preis stiftung cup dij iskola koulu palkinto egyetem tudomanyegyetem gimnazium muzeum szinhaz`,
);

/** Titles that stand before places as often: San Francisco, Santa Cruz, Sankt Pölten, Saint-Denis; and words that are titles in one language alone. */
export const doubtfulTitles = hashSet(
  "san santa santo sao saint sainte sankt st sant sint szent svaty svata sveti sfantul sfanta general major don san dame count",
);

/** Words in small letters behind a name that make it that of a thing, whatever ending they have: Hungarian and Finnish. */
export const thingStems = hashSet(
  `utca egyetem tudomanyegyetem gimnazium iskola kollegium muzeum szinhaz konyvtar korhaz alapitvany egyesulet verseny program modell zenekar egyuttes kupa
  bank kiado rendszer telep hegyseg folyo sziget varos megye ter katu koulu yliopisto museo teatteri saatio palkinto malli yhtye orkesteri saari jarvi kirkko kyla`,
);

/** Words of offices and law that Hungarian writes with a capital, whatever ending they have. */
export const officeStems = hashSet(
  `unio parlament bizottsag tanacs birosag szerzodes koztarsasag kozosseg charta miniszterium miniszter kormany orszaggyules alkotmany torveny rendelet hivatal intezet
  akademia kollegium konvent biztossag ugyeszseg hatosag szovetseg tarsasag part bank egyetem fakultas kar tanszek iroda ugynokseg kamara liga bajnoksag kupa
  szocialis gazdasagi innovacios tudomany kultura oktatas jog emberi nemzeti europai magyar kozponti allami szent isten ur biblia kereszteny`,
);

/** Articles, before which Hungarian has no persons' names in careful text. */
export const articles = hashSet("a az egy");

/** Abbreviated titles, which a full stop may follow. */
export const shortTitles = hashSet(
  `dr prof mr mrs ms mx hr hrn fr frl dhr mevr mw mej sig sigra sra sr sres srta dott dottssa profssa avv ing mgr mudr judr phdr rndr bc doc m mm mme mlle me mgr
  inż hab ks gen płk plk kpt por mjr dl dna av tri hra rva id ifj özv dipl mag med phil drs ir jhr wed d dª dña exmo exma eng engª arch on cav mons rev col capt lt
  sgt maj ga gdč gđa gosp arq lic г гн гжа д др проф инж арх κ κα δρ st p ph mec adv geom rag kpt śp sp ob`,
);

/** Verbs of saying: what stands beside them without an article is a person. */
export const sayingWords = hashSet(
  `mondta mondja kerdezte kerdezi valaszolta felelte szolt suttogta kialtotta kijelentette nyilatkozta allitja elmondta irta magyarazta tette hozzatette jegyezte
  sanoo sanoi kertoo kertoi toteaa totesi arvioi muistuttaa muistutti kysyi kysyy vastasi vastaa huomauttaa painottaa korostaa ihmetteli uskoo kirjoittaa kirjoitti
  said says asked replied told wrote sagt sagte fragte antwortete erklarte meint meinte dit repond repondit declare declara dice dijo zegt zei vroeg spus declarat
  powiedzial powiedziala rekl rekla sade sager siger sier`,
);
