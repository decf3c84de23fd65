import { problems } from './agentProblem';
import type { AnySchema, JsonSchema, ObjectSchema } from './jsonSchema';

/** Throws BAD_INPUT, naming the field, what is wrong with it, and what the tool takes. */
export function checkInput(tool: string, schema: ObjectSchema, input: unknown): void {
  const fault = objectFault(schema, input ?? {}, 'the input');
  if (fault) throw problems.badInput(tool, fault.field, fault.why, allowedBy(schema));
}

interface Fault {
  field: string;
  why: string;
}

type Check = (schema: never, value: unknown, field: string) => Fault | undefined;

const CHECKS: Record<JsonSchema['type'], Check> = {
  object: objectFault,
  array: arrayFault,
  string: textFault,
  integer: numberFault,
  number: numberFault,
  boolean: (_schema: JsonSchema, value, field) =>
    typeof value === 'boolean' ? undefined : { field, why: `is ${shown(value)}, not true or false` },
};

function faultOf(schema: JsonSchema | AnySchema, value: unknown, field: string): Fault | undefined {
  return Array.isArray(schema.type)
    ? undefined
    : CHECKS[schema.type as JsonSchema['type']](schema as never, value, field);
}

function objectFault(schema: ObjectSchema, value: unknown, field: string): Fault | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { field, why: `is ${shown(value)}, not an object` };
  const given = value as Record<string, unknown>;
  const missing = (schema.required ?? []).find((name) => given[name] === undefined);
  if (missing !== undefined) return { field: `"${missing}"`, why: 'is missing' };
  for (const [name, item] of Object.entries(given)) {
    const property = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (property === undefined) return { field: `"${name}"`, why: 'is not known' };
    const fault = item === undefined ? undefined : faultOf(property, item, `"${name}"`);
    if (fault) return fault;
  }
  return undefined;
}

function arrayFault(schema: Extract<JsonSchema, { type: 'array' }>, value: unknown, field: string): Fault | undefined {
  if (!Array.isArray(value)) return { field, why: `is ${shown(value)}, not an array` };
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = schema;
  if (value.length < minItems) return { field, why: `has ${value.length} items; at least ${minItems} are needed` };
  if (value.length > maxItems) return { field, why: `has ${value.length} items; the most are ${maxItems}` };
  if (!items) return undefined;
  return value.map((item, i) => faultOf(items, item, `${field}[${i}]`)).find((fault) => fault !== undefined);
}

function textFault(schema: Extract<JsonSchema, { type: 'string' }>, value: unknown, field: string): Fault | undefined {
  if (typeof value !== 'string') return { field, why: `is ${shown(value)}, not a string` };
  if (value.trim().length < (schema.minLength ?? 0)) return { field, why: 'is empty' };
  if (value.length > (schema.maxLength ?? Number.POSITIVE_INFINITY))
    return { field, why: `has ${value.length} characters; the most are ${schema.maxLength}` };
  if (schema.enum && !schema.enum.includes(value))
    return { field, why: `is ${shown(value)}, not one of ${schema.enum.join(', ')}` };
  return undefined;
}

function numberFault(
  schema: Extract<JsonSchema, { type: 'integer' | 'number' }>,
  value: unknown,
  field: string,
): Fault | undefined {
  const { type, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  const good = type === 'integer' ? Number.isInteger(value) : typeof value === 'number' && Number.isFinite(value);
  if (!good) return { field, why: `is ${shown(value)}, not ${type === 'integer' ? 'a whole number' : 'a number'}` };
  if ((value as number) < minimum || (value as number) > maximum)
    return { field, why: `is ${shown(value)}, not from ${minimum} to ${maximum}` };
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** `"file" (needed), "as", "photo"`. */
function allowedBy({ properties, required = [] }: ObjectSchema): string {
  return Object.keys(properties)
    .map((name) => `"${name}"${required.includes(name) ? ' (needed)' : ''}`)
    .join(', ');
}
