import type { ArraySchema, ObjectSchema, TextSchema } from './jsonSchema';

/**
 * The four tools that agents get, the same in VS Code and over MCP. `package.json` repeats names, texts and input
 * schemas for VS Code, and a contract test holds the two equal.
 */
export interface AgentTool {
  title: string;
  /** For people. */
  summary: string;
  /** For models: what it does, when to call it, what it answers. */
  description: string;
  input: ObjectSchema;
  output: ObjectSchema;
}

export type AgentToolName = 'describe_media' | 'ask_media' | 'measure_media' | 'plot_data';

/** Files of one question. */
export const MOST_FILES = 16;
/** Characters of a question. */
export const LONGEST_QUESTION = 4000;
/** Points that `plot_data` gives of each series where nothing is asked. */
export const DEFAULT_POINTS = 200;
const MOST_POINTS = 5000;
const LONGEST_PATH = 4096;

const KINDS =
  'images (PNG, JPEG, WebP, GIF, TIFF, AVIF, SVG, BMP), plots, sound (WAV, MP3, FLAC, Ogg, Opus), video (MP4, MOV, WebM, MKV, AVI), ' +
  'point clouds and meshes (PLY, PCD, LAS, LAZ, XYZ, OBJ, STL, glTF, NPY), depth and normal maps, IMU recordings and fMRI';
const PATH_TEXT = 'Absolute path of the file, or a path relative to an open folder.';
const HONESTY =
  '"measured" holds facts computed from the file itself, which can be relied on; "model" holds the words of a small local model with its confidence (0 to 1), which may be wrong.';

const file: TextSchema = { type: 'string', minLength: 1, maxLength: LONGEST_PATH, description: PATH_TEXT };
const as: TextSchema = {
  type: 'string',
  enum: ['depth', 'normal'],
  description: 'Only for a picture that is a depth or a normal map although neither its name nor its bytes say so.',
};
const photo: TextSchema = {
  type: 'string',
  minLength: 1,
  maxLength: LONGEST_PATH,
  description: 'Path of the photograph of a depth or normal map; without it one is looked for beside the map.',
};

const measured: ArraySchema = {
  type: 'array',
  description: 'Facts computed from the file.',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'Stable and dotted, as "audio.duration".' },
      value: { type: ['string', 'number', 'boolean', 'array'] },
      unit: { type: 'string' },
      how: { type: 'string', description: 'How it was measured.' },
    },
    required: ['name', 'value', 'how'],
  },
};
const strings: ArraySchema = { type: 'array', items: { type: 'string' } };
const measuredMedia: ObjectSchema = {
  type: 'object',
  properties: {
    file: { type: 'string' },
    modality: { type: 'string', description: 'image, video, audio, point, rgbd, rgbn, imu or fmri.' },
    measured,
    leftOut: { ...strings, description: 'Names of facts that are too long to list; measure_media gives them by name.' },
    warnings: strings,
  },
  required: ['file', 'modality', 'measured', 'leftOut', 'warnings'],
};
const answer: ObjectSchema = {
  type: 'object',
  properties: {
    model: {
      type: 'object',
      description: "The model's words: not measured, may be wrong.",
      properties: {
        text: { type: 'string' },
        confidence: { type: 'number', minimum: 0, maximum: 1, description: 'How sure the model was of its words.' },
        calibrated: { type: 'boolean', description: 'Confidence is the share of such answers that were right.' },
        guess: { type: 'boolean', description: 'The model was not sure of its words.' },
        name: { type: 'string' },
        device: { type: 'string' },
        stopped: { type: 'string', enum: ['end', 'length', 'cancelled'] },
      },
      required: ['text', 'confidence', 'calibrated', 'guess', 'name', 'device', 'stopped'],
    },
    media: { type: 'array', items: measuredMedia },
  },
  required: ['model', 'media'],
};
const axis: ObjectSchema = {
  type: 'object',
  properties: {
    label: { type: ['string', 'null'] },
    scale: { type: 'string', enum: ['linear', 'log', 'category', 'time'] },
  },
  required: ['label', 'scale'],
};

export const AGENT_TOOLS: Readonly<Record<AgentToolName, AgentTool>> = {
  describe_media: {
    title: 'Describe a media file',
    summary:
      'Describe a picture, plot, sound, video, point cloud, depth map or recording with a model on this machine.',
    description:
      `Say what a media file shows or sounds like. Reads ${KINDS}. Use it whenever you need to know what is in such a file and cannot see or hear it yourself. ` +
      `It runs on this machine and sends nothing anywhere. The result is JSON: ${HONESTY}`,
    input: { type: 'object', properties: { file, as, photo }, required: ['file'], additionalProperties: false },
    output: answer,
  },
  ask_media: {
    title: 'Ask about media files',
    summary: 'Ask a model on this machine a question about one or more media files.',
    description:
      `Ask a question about one or more media files together, such as "What object is this?", "What kind of plot is this?" or "What sound is this?". Reads ${KINDS}. ` +
      'The local model is small: ask short, concrete questions about what is seen or heard; for exact sizes, durations, text in a picture or numbers call measure_media or plot_data. ' +
      `It runs on this machine and sends nothing anywhere. The result is JSON: ${HONESTY}`,
    input: {
      type: 'object',
      properties: {
        files: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: LONGEST_PATH },
          minItems: 1,
          maxItems: MOST_FILES,
          description: 'Absolute paths of the files, or paths relative to an open folder.',
        },
        question: {
          type: 'string',
          minLength: 1,
          maxLength: LONGEST_QUESTION,
          description: 'The question, in English.',
        },
        as: { ...as, description: `${as.description} Of the first file.` },
        photo,
        maxTokens: { type: 'integer', minimum: 1, maximum: 4096, description: 'The most tokens of the answer.' },
      },
      required: ['files', 'question'],
      additionalProperties: false,
    },
    output: answer,
  },
  measure_media: {
    title: 'Measure a media file',
    summary:
      'Measure a media file: size, text in a picture, loudness, pitch, bounds of a cloud and more; no model is asked.',
    description:
      `Measure a media file without any model: exact, repeatable facts, each with its unit and how it was found. Reads ${KINDS}. ` +
      'For example width, height, colours and recognised text of a picture; axes and series of a plot; duration, loudness, pitch, tempo and silence of sound; ' +
      'frame rate, cuts and motion of a video; count, bounds, density, planes and clusters of a point cloud; range of a depth map; rhythm of an IMU recording. ' +
      'It runs on this machine and sends nothing anywhere. Long facts are left out and named in "leftOut": ask for them by name in "facts".',
    input: {
      type: 'object',
      properties: {
        file,
        facts: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 80 },
          minItems: 1,
          maxItems: 50,
          description: 'Only these facts, by name ("audio.pitchTrack") or by the beginning of their names ("plot").',
        },
        as,
        photo,
      },
      required: ['file'],
      additionalProperties: false,
    },
    output: measuredMedia,
  },
  plot_data: {
    title: 'Read the numbers of a plot',
    summary: 'Read the numbers behind a picture of a plot: axes, series and their points; no model is asked.',
    description:
      'Read the data out of a picture of a line, scatter, bar, histogram, pie, box, area, step or heat map plot: kind, title, axes with labels and scales, and the points of each series in the units of the axes. ' +
      'The numbers are measured from the pixels, without any model; what is not certain stands in "warnings". "kind" is "none" where the picture is no plot. ' +
      `A series with more points than asked for is thinned evenly ("pointCount" says how many there are). It runs on this machine and sends nothing anywhere.`,
    input: {
      type: 'object',
      properties: {
        file: { ...file, description: `${PATH_TEXT} A picture: PNG, JPEG, WebP, SVG or another image.` },
        maxPoints: {
          type: 'integer',
          minimum: 2,
          maximum: MOST_POINTS,
          description: `The most points of each series; ${DEFAULT_POINTS} where it is not given.`,
        },
        csv: { type: 'boolean', description: 'Also all numbers as CSV text, not thinned, for saving to a file.' },
      },
      required: ['file'],
      additionalProperties: false,
    },
    output: {
      type: 'object',
      properties: {
        file: { type: 'string' },
        kind: {
          type: 'string',
          description: 'line, scatter, bar, histogram, pie, box, heatmap, area, step, contour, other or none.',
        },
        title: { type: ['string', 'null'] },
        x: axis,
        y: axis,
        series: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: { type: ['string', 'null'] },
              color: { type: 'string' },
              pointCount: { type: 'integer', minimum: 0, description: 'All points that were read.' },
              points: { type: 'array', items: { type: 'array', items: { type: ['string', 'number'] } } },
            },
            required: ['name', 'color', 'pointCount', 'points'],
          },
        },
        warnings: strings,
        csv: { type: 'string' },
      },
      required: ['file', 'kind', 'title', 'x', 'y', 'series', 'warnings'],
    },
  },
};

export const AGENT_TOOL_NAMES = Object.keys(AGENT_TOOLS) as AgentToolName[];

export function isAgentToolName(name: string): name is AgentToolName {
  return Object.hasOwn(AGENT_TOOLS, name);
}
