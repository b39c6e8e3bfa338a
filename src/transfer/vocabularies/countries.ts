/** Countries by their codes, as entities: a country that is there with the code is met again. */

/** Territories of FollowTheMoney that ISO 3166-1 does not have, or no more: https://followthemoney.tech/explorer/types/country/ */
const BEYOND_ISO: Readonly<Record<string, string>> = {
  'az-nk': 'Artsakh',
  'cn-xz': 'Tibet',
  cshh: 'Czechoslovakia',
  csxx: 'Serbia and Montenegro',
  'cy-trnc': 'Northern Cyprus',
  dd: 'German Democratic Republic',
  'gb-nir': 'Northern Ireland',
  'gb-sct': 'Scotland',
  'gb-wls': 'Wales',
  'ge-ab': 'Abkhazia',
  'iq-kr': 'Kurdistan',
  'md-pmr': 'Transnistria',
  'pk-km': 'Kashmir',
  'so-som': 'Somaliland',
  suhh: 'Soviet Union',
  'ua-cri': 'Crimea',
  'ua-dpr': 'Donetsk',
  'ua-lpr': 'Luhansk',
  'x-so': 'South Ossetia',
  yucs: 'Yugoslavia',
  zr: 'Zaire',
};

/** Codes that are no country: unions, and what is kept for users. */
const NO_COUNTRY = new Set(['eu', 'un', 'ez', 'zz', 'xx', 'zxx']);

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** The external id of a country: of ISO 3166-1 where it has the code, of FollowTheMoney's territories otherwise. Null for no code. */
export function countryId(code: string): { readonly scheme: string; readonly value: string } | null {
  const small = code.trim().toLowerCase();
  if (small in BEYOND_ISO) return { scheme: 'FTM_TERRITORY', value: small };
  return nameOf(small) === null ? null : { scheme: 'ISO3166', value: small.toUpperCase() };
}

/** The record of a country, and how to refer to it. Null where the code is none of a country. */
export function countryRecord(code: string): { readonly record: object; readonly ref: object } | null {
  const externalId = countryId(code);
  if (!externalId) return null;
  const small = code.trim().toLowerCase();
  const record = {
    country: {
      name: nameOf(small),
      externalIds: [externalId],
      ...(externalId.scheme === 'ISO3166' ? { iso2: externalId.value } : {}),
    },
  };
  return { record, ref: { externalId } };
}

function nameOf(small: string): string | null {
  const beyond = BEYOND_ISO[small];
  if (beyond) return beyond;
  if (!/^[a-z]{2}$/.test(small) || NO_COUNTRY.has(small)) return null;
  return names.of(small.toUpperCase()) ?? null;
}

/** The code of a country from its fields and external ids; null where it has none. */
export function codeOf(
  fields: Readonly<Record<string, unknown>>,
  externalIds: readonly { readonly scheme: string; readonly value: string }[],
): string | null {
  const own = typeof fields['iso2'] === 'string' ? fields['iso2'] : undefined;
  const external = externalIds.find((each) => each.scheme === 'ISO3166' || each.scheme === 'FTM_TERRITORY')?.value;
  const code = (own ?? external)?.toLowerCase();
  return code !== undefined && nameOf(code) !== null ? code : null;
}
