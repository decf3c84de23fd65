/** The part of JSON Schema that the tools' inputs and results are written in. */
export type JsonSchema =
  | ObjectSchema
  | ArraySchema
  | TextSchema
  | NumberSchema
  | { type: 'boolean'; description?: string };

export interface ObjectSchema {
  type: 'object';
  description?: string;
  properties: Record<string, JsonSchema | AnySchema>;
  required?: string[];
  additionalProperties?: boolean;
}

export interface ArraySchema {
  type: 'array';
  description?: string;
  items?: JsonSchema | AnySchema;
  minItems?: number;
  maxItems?: number;
}

export interface TextSchema {
  type: 'string';
  description?: string;
  enum?: string[];
  minLength?: number;
  maxLength?: number;
}

export interface NumberSchema {
  type: 'integer' | 'number';
  description?: string;
  minimum?: number;
  maximum?: number;
}

/** A value of several types; in results only. */
export interface AnySchema {
  type: string[];
  description?: string;
  items?: AnySchema;
}
