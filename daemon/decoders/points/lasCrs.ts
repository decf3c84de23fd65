import type { LasHeader } from './lasHeader';
import { latin1 } from './numberScanner';

const WKT = 'LASF_Projection/2112';
const GEO_KEYS = 'LASF_Projection/34735';
const GEO_TEXTS = 'LASF_Projection/34737';
/** Keys of GeoTIFF 1.1. */
const PROJECTED = 3072;
const GEOGRAPHIC = 2048;
const CITATIONS = [3073, 1026, 2049];
const LINEAR_UNITS = 3076;
const USER_DEFINED = 32_767;
/** EPSG codes of the units of length that are met. */
const UNITS: Readonly<Record<number, string>> = { 9001: 'metre', 9002: 'foot', 9003: 'US survey foot' };

export interface LasCrs {
  /** "EPSG:25832", or a name. */
  name?: string;
  /** "metre", "foot", "US survey foot", "degree". */
  unit?: string;
}

/** The coordinate system, as WKT or as GeoTIFF keys state it; what is not stated is absent. */
export function lasCrs({ records }: LasHeader): LasCrs {
  const wkt = records.get(WKT);
  const text = wkt && latin1(wkt, 0, wkt.length).replace(/\0.*$/s, '').trim();
  if (text) return crsOfWkt(text);
  const keys = records.get(GEO_KEYS);
  return keys ? crsOfGeoKeys(keys, records.get(GEO_TEXTS)) : {};
}

/** The name in the first quotes; of nested units the last of length is the projection's own. */
function crsOfWkt(text: string): LasCrs {
  const name = /^[A-Z_]+\s*[[(]\s*"([^"]*)"/i.exec(text)?.[1];
  const unit = [...text.matchAll(/(?:LENGTH)?UNIT\s*[[(]\s*"([^"]*)"\s*,\s*([\d.eE+-]+)/g)]
    .map(([, unitName, factor]) => unitOf(unitName ?? '', Number(factor)))
    .filter((found) => found !== undefined);
  const isGeographic = /^\s*GEOG/i.test(text);
  const length = unit.filter((found) => found !== 'degree').at(0);
  const chosen = isGeographic ? 'degree' : length;
  return { ...(name && { name }), ...(chosen && { unit: chosen }) };
}

function unitOf(name: string, factor: number): string | undefined {
  if (/degree/i.test(name)) return 'degree';
  if (factor === 1) return 'metre';
  if (Math.abs(factor - 0.3048) < 1e-9) return 'foot';
  return Math.abs(factor - 1200 / 3937) < 1e-9 ? 'US survey foot' : undefined;
}

/** A directory of four 16-bit numbers a key: key, where its value is, how many, value or place of it. */
function crsOfGeoKeys(directory: Uint8Array, texts: Uint8Array | undefined): LasCrs {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const keys = new Map<number, { where: number; count: number; value: number }>();
  for (let at = 8; at + 8 <= directory.length; at += 8)
    keys.set(view.getUint16(at, true), {
      where: view.getUint16(at + 2, true),
      count: view.getUint16(at + 4, true),
      value: view.getUint16(at + 6, true),
    });
  const code = (key: number): number | undefined => {
    const found = keys.get(key);
    return found && found.where === 0 && found.value !== USER_DEFINED && found.value > 0 ? found.value : undefined;
  };
  const citation = CITATIONS.map((key) => keys.get(key)).find((found) => found?.where === 34_737);
  const text = citation && texts && latin1(texts, citation.value, citation.value + citation.count);
  const epsg = code(PROJECTED) ?? code(GEOGRAPHIC);
  const name = epsg === undefined ? text?.replace(/[|\0].*$/s, '').trim() : `EPSG:${epsg}`;
  const isGeographic = code(PROJECTED) === undefined && code(GEOGRAPHIC) !== undefined;
  const unit = isGeographic ? 'degree' : UNITS[code(LINEAR_UNITS) ?? 0];
  return { ...(name && { name }), ...(unit && { unit }) };
}
