import type { Place } from '../stripe/stripe-facts.ts';

/**
 * The zone in which most people of each country live, by the first part of its name: every country
 * of ISO 3166-1, and Kosovo, which Stripe takes too. From the IANA time zone database's zone.tab,
 * 2025b; of a country with several zones the one with the most people. The two that zone.tab
 * leaves out because nobody lives there (BV, HM) have the zone from which they are governed.
 */
const byArea: Readonly<Record<string, string>> = {
  Africa: `
    AO Luanda, BF Ouagadougou, BI Bujumbura, BJ Porto-Novo, BW Gaborone, CD Kinshasa, CF Bangui,
    CG Brazzaville, CI Abidjan, CM Douala, DJ Djibouti, DZ Algiers, EG Cairo, EH El_Aaiun,
    ER Asmara, ET Addis_Ababa, GA Libreville, GH Accra, GM Banjul, GN Conakry, GQ Malabo,
    GW Bissau, KE Nairobi, LR Monrovia, LS Maseru, LY Tripoli, MA Casablanca, ML Bamako,
    MR Nouakchott, MW Blantyre, MZ Maputo, NA Windhoek, NE Niamey, NG Lagos, RW Kigali,
    SD Khartoum, SL Freetown, SN Dakar, SO Mogadishu, SS Juba, ST Sao_Tome, SZ Mbabane,
    TD Ndjamena, TG Lome, TN Tunis, TZ Dar_es_Salaam, UG Kampala, ZA Johannesburg, ZM Lusaka,
    ZW Harare
  `,
  America: `
    AG Antigua, AI Anguilla, AR Argentina/Buenos_Aires, AW Aruba, BB Barbados, BL St_Barthelemy,
    BO La_Paz, BQ Kralendijk, BR Sao_Paulo, BS Nassau, BZ Belize, CA Toronto, CL Santiago,
    CO Bogota, CR Costa_Rica, CU Havana, CW Curacao, DM Dominica, DO Santo_Domingo, EC Guayaquil,
    GD Grenada, GF Cayenne, GL Nuuk, GP Guadeloupe, GT Guatemala, GY Guyana, HN Tegucigalpa,
    HT Port-au-Prince, JM Jamaica, KN St_Kitts, KY Cayman, LC St_Lucia, MF Marigot,
    MQ Martinique, MS Montserrat, MX Mexico_City, NI Managua, PA Panama, PE Lima, PM Miquelon,
    PR Puerto_Rico, PY Asuncion, SR Paramaribo, SV El_Salvador, SX Lower_Princes, TC Grand_Turk,
    TT Port_of_Spain, US New_York, UY Montevideo, VC St_Vincent, VE Caracas, VG Tortola,
    VI St_Thomas
  `,
  Antarctica: `
    AQ McMurdo
  `,
  Arctic: `
    SJ Longyearbyen
  `,
  Asia: `
    AE Dubai, AF Kabul, AM Yerevan, AZ Baku, BD Dhaka, BH Bahrain, BN Brunei, BT Thimphu,
    CN Shanghai, CY Nicosia, GE Tbilisi, HK Hong_Kong, ID Jakarta, IL Jerusalem, IN Kolkata,
    IQ Baghdad, IR Tehran, JO Amman, JP Tokyo, KG Bishkek, KH Phnom_Penh, KP Pyongyang, KR Seoul,
    KW Kuwait, KZ Almaty, LA Vientiane, LB Beirut, LK Colombo, MM Yangon, MN Ulaanbaatar,
    MO Macau, MY Kuala_Lumpur, NP Kathmandu, OM Muscat, PH Manila, PK Karachi, PS Hebron,
    QA Qatar, SA Riyadh, SG Singapore, SY Damascus, TH Bangkok, TJ Dushanbe, TL Dili,
    TM Ashgabat, TW Taipei, UZ Tashkent, VN Ho_Chi_Minh, YE Aden
  `,
  Atlantic: `
    BM Bermuda, CV Cape_Verde, FK Stanley, FO Faroe, GS South_Georgia, IS Reykjavik,
    SH St_Helena
  `,
  Australia: `
    AU Sydney, HM Hobart
  `,
  Europe: `
    AD Andorra, AL Tirane, AT Vienna, AX Mariehamn, BA Sarajevo, BE Brussels, BG Sofia, BV Oslo,
    BY Minsk, CH Zurich, CZ Prague, DE Berlin, DK Copenhagen, EE Tallinn, ES Madrid, FI Helsinki,
    FR Paris, GB London, GG Guernsey, GI Gibraltar, GR Athens, HR Zagreb, HU Budapest, IE Dublin,
    IM Isle_of_Man, IT Rome, JE Jersey, LI Vaduz, LT Vilnius, LU Luxembourg, LV Riga, MC Monaco,
    MD Chisinau, ME Podgorica, MK Skopje, MT Malta, NL Amsterdam, NO Oslo, PL Warsaw, PT Lisbon,
    RO Bucharest, RS Belgrade, RU Moscow, SE Stockholm, SI Ljubljana, SK Bratislava,
    SM San_Marino, TR Istanbul, UA Kyiv, VA Vatican, XK Belgrade
  `,
  Indian: `
    CC Cocos, CX Christmas, IO Chagos, KM Comoro, MG Antananarivo, MU Mauritius, MV Maldives,
    RE Reunion, SC Mahe, TF Kerguelen, YT Mayotte
  `,
  Pacific: `
    AS Pago_Pago, CK Rarotonga, FJ Fiji, FM Chuuk, GU Guam, KI Tarawa, MH Majuro, MP Saipan,
    NC Noumea, NF Norfolk, NR Nauru, NU Niue, NZ Auckland, PF Tahiti, PG Port_Moresby,
    PN Pitcairn, PW Palau, SB Guadalcanal, TK Fakaofo, TO Tongatapu, TV Funafuti, UM Wake,
    VU Efate, WF Wallis, WS Apia
  `,
};

/**
 * The same by state or province, where a country has so many people in each of several zones that
 * one will not do: the codes of ISO 3166-2 without the country.
 */
const byState: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    'America/New_York': 'CT DC DE FL GA KY MA MD ME NC NH NJ NY OH PA RI SC VA VT WV',
    'America/Detroit': 'MI',
    'America/Indiana/Indianapolis': 'IN',
    'America/Chicago': 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI',
    'America/Denver': 'CO MT NM UT WY',
    'America/Boise': 'ID',
    'America/Phoenix': 'AZ',
    'America/Los_Angeles': 'CA NV OR WA',
    'America/Anchorage': 'AK',
    'Pacific/Honolulu': 'HI',
    'America/Puerto_Rico': 'PR',
    'America/St_Thomas': 'VI',
    'Pacific/Guam': 'GU',
    'Pacific/Saipan': 'MP',
    'Pacific/Pago_Pago': 'AS',
    'Pacific/Wake': 'UM',
  },
  CA: {
    'America/St_Johns': 'NL',
    'America/Halifax': 'NS PE',
    'America/Moncton': 'NB',
    'America/Toronto': 'ON QC',
    'America/Iqaluit': 'NU',
    'America/Winnipeg': 'MB',
    'America/Regina': 'SK',
    'America/Edmonton': 'AB NT',
    'America/Whitehorse': 'YT',
    'America/Vancouver': 'BC',
  },
  AU: {
    'Australia/Sydney': 'ACT NSW',
    'Australia/Melbourne': 'VIC',
    'Australia/Hobart': 'TAS',
    'Australia/Brisbane': 'QLD',
    'Australia/Adelaide': 'SA',
    'Australia/Darwin': 'NT',
    'Australia/Perth': 'WA',
  },
  BR: {
    'America/Sao_Paulo': 'DF ES GO MG PR RJ RS SC SP',
    'America/Bahia': 'BA',
    'America/Maceio': 'AL SE',
    'America/Recife': 'PE',
    'America/Fortaleza': 'CE MA PB PI RN',
    'America/Belem': 'AP PA',
    'America/Araguaina': 'TO',
    'America/Campo_Grande': 'MS',
    'America/Cuiaba': 'MT',
    'America/Porto_Velho': 'RO',
    'America/Boa_Vista': 'RR',
    'America/Manaus': 'AM',
    'America/Rio_Branco': 'AC',
  },
};

const zones: ReadonlyMap<string, string> = new Map([
  ...Object.entries(byArea).flatMap(([area, list]) =>
    list.split(',').map((each): [string, string] => {
      const [country = '', rest = ''] = each.trim().split(' ');
      return [country, `${area}/${rest}`];
    }),
  ),
  ...Object.entries(byState).flatMap(([country, states]) =>
    Object.entries(states).flatMap(([zone, codes]) =>
      codes.split(' ').map((state): [string, string] => [`${country}-${state}`, zone]),
    ),
  ),
]);

/**
 * The IANA time zone of a place; `null` where the table has no such country. A state that it does
 * not know counts for nothing: then the country's zone is the answer.
 */
export function zoneOfPlace({ country, state }: Place): string | null {
  const code = country.trim().toUpperCase();
  const part = (state ?? '').trim().toUpperCase().replace(`${code}-`, '');
  return zones.get(`${code}-${part}`) ?? zones.get(code) ?? null;
}
