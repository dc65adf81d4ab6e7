/** How a country writes the plates of its vehicles, and the words that announce them there. */
export interface PlateShape {
  readonly country: string;
  /** In capitals; a space, `-` or nothing may stand where `_` stands. */
  readonly shape: string;
  /** So particular that a text which is nothing else is taken for a plate. */
  readonly telling?: boolean;
  readonly words?: readonly string[];
}

const irishCounties = "C|CE|CN|CW|D|DL|G|KE|KK|KY|L|LD|LH|LK|LM|LS|MH|MN|MO|OY|RN|SO|T|TN|TS|W|WD|WH|WX|WW";
const cantons = "AG|AI|AR|BE|BL|BS|FL|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH";
const turkishProvince = "(?:0[1-9]|[1-7]\\d|8[01])";

/** The more particular of two shapes that match the same comes first. */
export const plateShapes: readonly PlateShape[] = [
  {
    country: "de",
    shape: "[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2} ?[1-9]\\d{0,3}[EH]?",
    words: ["kennzeichen*", "kfz kennzeichen*", "nummernschild*", "kfz nr"],
  },
  { country: "at", shape: "[A-Z]{1,2}[- ](?:[1-9]\\d{0,4} ?[A-Z]{1,3}|[A-Z]{2,5} ?\\d{1,3})" },
  { country: "ch", shape: `(?:${cantons})[ ·-]?[1-9]\\d{0,5}`, words: ["kontrollschild*", "autonummer*", "numero de plaque"] },
  {
    country: "fr",
    shape: "[A-HJ-NP-TV-Z]{2}_\\d{3}_[A-HJ-NP-TV-Z]{2}",
    telling: true,
    words: ["immatricul*", "plaque d immatriculation", "plaque", "n immat", "immat"],
  },
  { country: "fr", shape: "[1-9]\\d{0,3}_[A-Z]{2,3}_(?:\\d\\d|2[AB]|97[1-6])" },
  { country: "es", shape: "\\d{4}_(?!EUR|GBP|CHF|PLN|CZK|DKK|KM|MB|GB|KB)[BCDFGHJKLMNPRSTVWXYZ]{3}", telling: true, words: ["matricula*", "placa*"] },
  { country: "es", shape: "[A-Z]{1,2}[- ]\\d{4}[- ][A-Z]{1,2}" },
  { country: "it", shape: "[A-HJ-NPR-TV-Z]{2}_\\d{3}_[A-HJ-NPR-TV-Z]{2}", telling: true, words: ["targa*", "targato", "targata"] },
  { country: "pt", shape: "\\d\\d-[A-Z]{2}-\\d\\d|[A-Z]{2}-\\d\\d-(?:[A-Z]{2}|\\d\\d)|\\d\\d-\\d\\d-[A-Z]{2}", telling: true, words: ["matricula*"] },
  {
    country: "nl",
    shape:
      "[A-Z]{2}-\\d\\d-\\d\\d|\\d\\d-\\d\\d-[A-Z]{2}|\\d\\d-[A-Z]{2}-(?:\\d\\d|[A-Z]{2})|[A-Z]{2}-(?:\\d\\d|[A-Z]{2})-(?:\\d\\d|[A-Z]{2})|\\d\\d-[A-Z]{3}-\\d|\\d-[A-Z]{3}-\\d\\d|[A-Z]{2}-\\d{3}-[A-Z]|[A-Z]-\\d{3}-[A-Z]{2}|[A-Z]{3}-\\d\\d-[A-Z]|[A-Z]-\\d\\d-[A-Z]{3}|\\d-[A-Z]{2}-\\d{3}|\\d{3}-[A-Z]{2}-\\d",
    telling: true,
    words: ["kenteken*", "nummerplaat*"],
  },
  { country: "be", shape: "[1-9]-[A-Z]{3}-\\d{3}", telling: true },
  { country: "be", shape: "[A-Z]{3}-\\d{3}|\\d{3}-[A-Z]{3}" },
  {
    country: "gb",
    shape: "[A-HJ-PR-Y]{2}(?:0[2-9]|1\\d|2[0-9]|5[1-9]|6\\d|7\\d)_[A-HJ-PR-Z]{3}",
    telling: true,
    words: [
      ...["registration number", "reg number", "number plate*", "licence plate*", "license plate*", "registration plate*", "reg no", "vrm", "vrn"],
      ...["vehicle registration*", "car registration*", "plate number", "registration mark"],
    ],
  },
  { country: "gb", shape: "[A-HJ-NPR-TV-Y]\\d{1,3}_[A-HJ-PR-Y][A-HJ-PR-Z]{2}|[A-HJ-PR-Y]{3}_\\d{1,3}[A-HJ-NPR-TV-Y]", telling: true },
  { country: "gb", shape: "(?=[A-Z]*[IZ])[A-Z]{3}_[1-9]\\d{0,3}" },
  { country: "ie", shape: `\\d{2}[12]?-(?:${irishCounties})-\\d{1,6}`, telling: true, words: ["reg"] },
  { country: "ie", shape: `\\d{2}[12]?_(?:${irishCounties})_\\d{1,6}` },
  {
    country: "pl",
    shape: "[A-Z]{2,3}_(?=[A-Z0-9]*\\d)[A-Z0-9]{4,6}|[A-Z]\\d_[A-Z0-9]{3,5}",
    words: ["rejestracyjn*", "nr rej", "tablic*", "numer rej", "numery rej", "rejestracj*"],
  },
  {
    country: "cz",
    shape: "\\d[A-Z][A-Z0-9]_\\d{4}|[A-Z]{2,3}[ -]\\d{2}[ -]\\d{2}",
    words: ["spz", "rz", "registracni znack*", "statni poznavaci znack*", "poznavaci znack*"],
  },
  { country: "sk", shape: "[A-Z]{2}_\\d{3}_?[A-Z]{2}", words: ["ecv", "evidencne cislo vozidla", "evidencne cislo", "spz"] },
  { country: "hu", shape: "[A-Z]{2}_[A-Z]{2}_\\d{3}|[A-Z]{3}_\\d{3}", words: ["rendszam*", "forgalmi rendszam*"] },
  { country: "ro", shape: "(?:B|[A-Z]{2})_\\d{2,3}_[A-Z]{3}", words: ["inmatricul*", "nr auto", "numar auto", "numarul auto"] },
  {
    country: "bg",
    shape: "[ABEKMHOPCTYXАВЕКМНОРСТУХ]{1,2}_\\d{4}_[ABEKMHOPCTYXАВЕКМНОРСТУХ]{1,2}",
    words: ["регистрационен номер", "рег номер", "рег №", "регистрационния номер", "рег"],
  },
  { country: "gr", shape: "[ABEZHIKMNOPTYXΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{3}_\\d{4}", words: ["πινακιδ*", "αριθμος κυκλοφοριας", "αρ κυκλοφοριας"] },
  {
    country: "hr",
    shape: "[A-ZČĆŠŽĐ]{2}_\\d{3,4}_[A-ZČĆŠŽĐ]{1,2}",
    words: ["registarsk*", "registracijsk*", "registarska oznaka", "registracija vozila", "регистарск*", "таблиц*"],
  },
  { country: "si", shape: "[A-Z]{2}[ -](?=[A-Z0-9-]*\\d)[A-Z0-9]{2}-[A-Z0-9]{3}", words: ["registrsk*", "registrska oznaka", "registrske tablice"] },
  { country: "dk", shape: "[A-Z]{2}_\\d\\d_\\d{3}", words: ["nummerplade*", "registreringsnummer*", "regnr", "reg nr"] },
  { country: "se", shape: "[A-Z]{3}_\\d\\d[A-Z0-9]", words: ["registreringsskylt*", "regskylt*", "registreringsnummer*", "regnummer*"] },
  { country: "no", shape: "[A-Z]{2}_\\d{5}", words: ["registreringsnummer*", "kjennemerke*", "bilskilt*", "skiltnummer*"] },
  { country: "is", shape: "[A-Z]{2}_[A-Z0-9]\\d\\d", words: ["skraningarnumer*", "bilnumer*"] },
  { country: "fi", shape: "[A-ZÅÄÖ]{2,3}-\\d{1,3}", words: ["rekisterinumero*", "rekisteritunnu*", "rekisterikilpi*", "rekkari"] },
  { country: "ee", shape: "\\d{3}_[A-Z]{3}", words: ["registreerimismark*", "registreerimisnumber*", "numbrimark*"] },
  { country: "lv", shape: "[A-Z]{2}-\\d{1,4}", words: ["numurzim*", "registracijas numur*", "valsts numur*"] },
  { country: "lt", shape: "[A-Z]{3}_\\d{3}", words: ["valstybin*", "valst nr", "registracijos numer*"] },
  { country: "mt", shape: "[A-Z]{3}_\\d{3}", words: ["numru ta registrazzjoni", "pjanca*"] },
  { country: "cy", shape: "[A-Z]{3}_\\d{3}", words: ["αριθμος εγγραφης"] },
  { country: "lu", shape: "[A-Z]{2}_\\d{4}" },
  { country: "tr", shape: `${turkishProvince}_[A-Z]{1,3}_\\d{2,5}`, telling: true, words: ["plaka*"] },
];

/** Districts of Germany by the letters on their plates (Anlage 1 FZV and the codes still valid of former districts), the commoner ones. */
export const germanDistricts: ReadonlySet<string> = new Set(
  (
    "A AA AB ABG AC AE AIC AK ALF ALS ALZ AM AN ANA ANG ANK AÖ AP APD ARN ART AS ASL ASZ AT AU AUR AW AZ AZE B BA BAD BAR BB BBG BBL BC BCH BD BED BER BF BGL BH " +
    "BI BID BIN BIR BIT BIW BK BKS BL BLB BLK BM BN BNA BO BÖ BOH BOR BOT BP BRA BRB BRG BRI BRK BRL BRV BS BSB BSK BT BTF BÜD BÜS BÜZ BW BYL BZ BZA C CA CAS CB " +
    "CE CHA CLP CO COC COE CR CUX CW D DA DAH DAN DAU DB DBR DD DE DEG DEL DGF DH DI DIL DIN DIZ DKB DL DLG DM DN DO DON DS DU DÜW DW DZ E EA EB EBE EBN EBS ECK ED " +
    "EE EF EG EH EI EIC EIL EIN EIS EL EM EMD EMS EN ER ERB ERH ERK ERZ ES ESB ESW EU EUT EW F FB FD FDB FDS FEU FF FFB FG FI FKB FL FLÖ FN FO FOR FR FRG FRI FRW " +
    "FS FT FTL FÜ FÜS FW FZ G GA GAN GAP GC GD GDB GE GEL GEM GEO GER GF GG GHA GHC GI GK GL GLA GM GMN GN GNT GÖ GOA GOH GP GR GRA GRH GRI GRM GRS GRZ GS GT GTH " +
    "GÜ GUB GUN GVM GW GZ H HA HAL HAM HAS HB HBN HBS HC HCH HD HDH HDL HE HEB HEF HEI HEL HER HET HF HG HGN HGW HH HHM HI HIG HIP HK HL HM HMÜ HN HO HOG HOH HOL " +
    "HOM HOR HÖS HOT HP HR HRO HS HSK HST HU HUS HV HVL HWI HX HY HZ IGB IK IL ILL IN IS IZ J JE JL JÜL K KA KB KC KE KEH KEL KEM KF KG KH KI KIB KK KL KLE KLZ KM " +
    "KN KO KÖN KÖT KÖZ KR KRU KS KT KU KÜN KUS KW KY KYF L LA LAN LAU LB LBS LBZ LC LD LDK LDS LEO LER LEV LF LG LH LI LIB LIF LIP LL LM LN LÖ LÖB LOS LP LR LRO " +
    "LSA LSZ LU LÜN LUP LWL M MA MAB MAI MAK MAL MB MC MD ME MED MEG MEI MEK MEL MER MET MG MGH MGN MH MHL MI MIL MK MKK ML MM MN MO MOD MOL MON MOS MQ MR MS MSE MSH " +
    "MSP MST MTK MTL MÜ MÜB MÜR MVL MW MY MYK MZ MZG N NAB NAI NAU NB ND NDH NE NEA NEB NEC NEN NES NEW NF NH NI NK NL NM NMB NMS NÖ NOH NOL NOM NOR NP NR NRW NT NU " +
    "NVP NW NWM NY NZ OA OAL OB OBB OBG OC OCH OD OE OF OG OH OHA ÖHR OHV OHZ OK OL OPR OS OSL OTW OVI OVL OVP P PA PAF PAN PAR PB PCH PE PEG PF PI PIR PL PLÖ PM PN PR " +
    "PRÜ PS PW PZ QFT QLB R RA RC RD RDG RE REG REH RG RH RI RID RIE RL RM RN RO ROD ROF ROK ROL ROS ROT ROW RP RPL RS RSL RT RU RÜD RÜG RV RW RZ S SAB SAD SAL SAN SAW " +
    "SB SBG SBK SC SCZ SDH SDL SDT SE SEB SEE SEF SEL SFB SFT SG SGH SH SHA SHG SHK SHL SI SIG SIM SK SL SLE SLF SLK SLN SLS SLÜ SLZ SM SN SO SOB SOG SOK SÖM SON SP SPB " +
    "SPN SR SRB SRO ST STA STB STD STE STL SU SUL SÜW SW SWA SZ SZB TBB TDO TE TET TF TG THL THW TIR TO TÖL TP TR TS TT TÜ TUT UE UEM UFF UH UL UM UN USI V VAI VB VEC " +
    "VER VG VIB VIE VIT VK VL VOH VR VS W WA WAF WAK WAN WAR WAT WB WBS WDA WE WEL WEN WER WES WF WG WHV WI WIL WIS WIT WIZ WK WL WLG WM WMS WN WND WO WOB WOH WOL WOR " +
    "WOS WR WRN WS WSF WST WSW WT WTL WTM WÜ WUG WUN WUR WW WZ WZL X Y Z ZE ZEL ZI ZIG ZP ZR ZS ZW ZZ"
  ).split(" "),
);
