import { isAbsolute } from 'node:path';
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import { z } from 'zod';
import type {
  AskParams,
  FactsParams,
  ImportModelParams,
  InitializeOptions,
  MediaSource,
  ModelParams,
  PlotDataParams,
  ViewParams,
} from '../protocol/messages';

/** What comes in over the socket is checked here, once, before a service sees it. */

/** Bytes sent by a client, as base64 characters: 64 MiB. */
const MAX_BASE64 = Math.ceil((64 << 20) / 3) * 4;
const MAX_TEXT = 100_000;
/** Frames of one video that a client decoded. */
const MAX_FRAMES = 256;

/** Of all squares of one medium together. */
const MAX_SQUARE_PIXELS = 1 << 24;

const path = z
  .string()
  .max(4096)
  .refine((p) => isAbsolute(p) && !p.includes('\0'), 'must be an absolute path on this machine')
  // \\server\share and \\?\ are not files of this machine
  .refine((p) => !/^[\\/]{2}/.test(p), 'must not be a network path');
const base64 = z
  .string()
  .max(MAX_BASE64, 'is larger than 64 MiB; save it as a file and name its path')
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'is not base64');
const onDisk = z.object({ path });
const sent = z.object({ name: z.string().min(1).max(255), base64 });
const hints = z.object({
  as: z.enum(['depth', 'normal']).optional(),
  photo: z.union([onDisk, sent]).optional(),
  restricted: z.literal(true).optional(),
  frames: z
    .array(z.object({ time: z.number().min(0).max(1e9), base64 }))
    .max(MAX_FRAMES, `holds more than ${MAX_FRAMES} frames`)
    .optional(),
});
const source: z.ZodType<MediaSource> = z.union([onDisk.extend(hints.shape), sent.extend(hints.shape)]);
const modelId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'is no model id');

const ask: z.ZodType<AskParams> = z.object({
  media: z.array(source).max(16, 'holds more than 16 files'),
  question: z.string().trim().min(1, 'is empty').max(MAX_TEXT),
  history: z
    .array(z.object({ question: z.string().max(MAX_TEXT), answer: z.string().max(MAX_TEXT) }))
    .max(1000)
    .optional(),
  model: modelId.optional(),
  maxTokens: z.number().int().min(1).max(100_000).optional(),
  temperature: z.number().min(0).max(10).optional(),
  topP: z.number().gt(0).max(1).optional(),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  noCache: z.boolean().optional(),
  background: z.boolean().optional(),
  partialResultToken: z.union([z.string(), z.number()]).optional(),
});
const facts: z.ZodType<FactsParams> = z.object({ source, preview: z.boolean().optional() });
const plotData: z.ZodType<PlotDataParams> = z.object({ source, picture: z.boolean().optional() });
const square = z
  .object({
    size: z.number().int().min(1).max(2048),
    fit: z.enum(['crop', 'stretch', 'squeeze']),
    clips: z.number().int().min(1).max(256),
    crops: z.number().int().min(1).max(16),
    follow: z.boolean().optional(),
  })
  .refine(({ size, clips, crops }) => size * size * clips * crops <= MAX_SQUARE_PIXELS, 'is too large');
const view: z.ZodType<ViewParams> = z.object({
  source,
  part: z.enum(['large', 'normals', 'wav', 'seen']),
  square: square.optional(),
});
const model: z.ZodType<ModelParams> = z.object({ id: modelId });
const importModel: z.ZodType<ImportModelParams> = z.object({ folder: path });
const initialize: z.ZodType<InitializeOptions> = z
  .object({ initializationOptions: z.object({ protocol: z.string().optional() }).nullish() })
  .transform((p) => p.initializationOptions ?? {});

const parser =
  <T>(schema: z.ZodType<T>) =>
  (value: unknown): T => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') || 'params';
    throw new ResponseError(ErrorCodes.InvalidParams, `${field}: ${issue?.message ?? 'not valid'}`);
  };

export const parse = {
  ask: parser(ask),
  facts: parser(facts),
  plotData: parser(plotData),
  view: parser(view),
  model: parser(model),
  importModel: parser(importModel),
  initialize: parser(initialize),
} as const;
