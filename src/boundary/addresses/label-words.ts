/** Labels behind which, after a colon, an address stands whatever it looks like. */
export const addressLabels: readonly string[] = [
  "domicilio*, dirección postal, direccion postal, dirección, direccion, calle, vía pública, anschrift*, wohnanschrift, hausanschrift, wohnadresse, postanschrift, lieferanschrift, rechnungsanschrift, straße, strasse",
  "straße und hausnummer, adresse postale, adresse de livraison, adresse, adresse privée, domicile, rue, indirizzo*, domicilio fiscale, residenza, endereço*, morada, rua, adresa*, domiciliul, strada, adres, adres zamieszkania",
  "adres korespondencyjny, adres zameldowania, ulica, zamieszkał*, bydliště, trvalé bydliště, trvalý pobyt, bydlisko, naslov, adresă, lakcím*, cím, értesítési cím, lakhely, osoite*, kotiosoite, katuosoite",
  "adress, gatuadress, bostadsadress, bopæl*, gadeadresse, bostedsadresse, gateadresse, straat, woonadres*, postadres, διεύθυνση*, οδός, адрес*, постоянен адрес, aadress, elukoht, dzīvesvieta, adrese*, adresas",
  "gyvenamoji vieta, address*, home address, postal address, mailing address, street address, billing address, shipping address, delivery address, indirizz, heimili*, heimilisfang, indirizz, seoladh, prebivališče, prebivalište",
];

/** Labels behind which a town, a region or a country stands. */
export const townLabels: readonly string[] = [
  "localidad*, provincia, población, poblacion, municipio, ciudad, país, pais, país de nacimiento, lugar de nacimiento, lugar de residencia, ort, wohnort, geburtsort, stadt, land, bundesland, kanton",
  "ville, commune, pays, lieu de naissance, département, città, comune, paese, luogo di nascita, comune di nascita, miejscowość, miasto, kraj, województwo, gmina, powiat, miejsce urodzenia, miejsce zamieszkania",
  "plaats, woonplaats, geboorteplaats, postort, ort, stad, födelseort, poststed, bynavn, fødested, kommune, kunta, kaupunki, kotikunta, paikkakunta, postitoimipaikka, syntymäpaikka, obec, město, mesto, místo narození, miesto narodenia",
  "grad, mjesto, naselje, mjesto rođenja, kraj rojstva, pošta, oraș, orașul, localitate*, județ*, comuna, locul nașterii, település, város, helység, születési hely, πόλη, δήμος, τόπος γέννησης, град, населено място, месторождение",
  "място на раждане, linn, sünnikoht, pilsēta, dzimšanas vieta, miestas, gimimo vieta, city, town, country, county, place of birth, birthplace, localidade, cidade, concelho, freguesia, distrito, naturalidade, heimabær",
];

/** Labels behind which a postcode stands. */
export const postcodeLabels: readonly string[] = [
  "cp, c p, código postal, codigo postal, cód postal, code postal, cap, plz, postleitzahl, postcode, post code, postal code, zip, zip code, zipcode, kod pocztowy, kod poczt, psč, irányítószám, irsz, postinumero",
  "postnummer, postnr, poštanski broj, poštna številka, cod poștal, cod postal, ταχ κώδικας, ταχυδρομικός κώδικας, τ κ, τκ, пощенски код, п к, sihtnumber, pasta indekss, pašto kodas, eircode, póstnúmer",
];
