import { errors } from '../../common/errors';

/** A model's JSON, as it came: nothing in it may be trusted, so it is read through the functions below. */
export type GltfJson = Record<string, unknown>;

/** The objects in a list; an empty list where there is none. */
export function objectsOf(json: GltfJson, key: string): GltfJson[] {
  const list = json[key];
  return Array.isArray(list) ? list.map((item) => (isObject(item) ? item : {})) : [];
}

export function objectOf(json: GltfJson, key: string): GltfJson | undefined {
  const value = json[key];
  return isObject(value) ? value : undefined;
}

const isObject = (value: unknown): value is GltfJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function textOf(json: GltfJson, key: string): string | undefined {
  const value = json[key];
  return typeof value === 'string' ? value : undefined;
}

export function textsOf(json: GltfJson, key: string): string[] {
  const value = json[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A whole number from 0 on, `otherwise` where it is absent; anything else is FILE_DAMAGED. */
export function countOf(format: string, json: GltfJson, key: string, otherwise?: number): number {
  const value = json[key] ?? otherwise;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw errors.damaged(format, `its ${key} is ${JSON.stringify(value)?.slice(0, 40) ?? 'missing'}`);
  return value;
}

/** Numbers of a list of exactly `length`; undefined where it is absent or anything else. */
export function numbersOf(json: GltfJson, key: string, length: number): number[] | undefined {
  const value = json[key];
  const fits = Array.isArray(value) && value.length === length && value.every((item) => Number.isFinite(item));
  return fits ? value : undefined;
}
