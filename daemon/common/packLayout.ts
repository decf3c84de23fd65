/**
 * Where things lie in a model pack: the converter writes them, the runtime reads them.
 * A graph is `graphs/NAME.onnx` with its weights beside it in `graphs/NAME.onnx.data`.
 */
export const TOKENIZER_NAMES = ['image', 'audio', 'point', 'fmri', 'imu'] as const;
export type TokenizerName = (typeof TOKENIZER_NAMES)[number];

export const graphFile = (name: string): string => `graphs/${name}.onnx`;
export const tokenizerGraph = (name: TokenizerName): string => `tokenizer-${name}`;
export const ENCODER_GRAPH = 'universal-encoder';
export const PROJECTION_GRAPH = 'universal-projection';
export const LANGUAGE_MODEL_GRAPH = 'language-model';

/** Rows of tok_embeddings [V, D], little-endian, no header; one of the two is there. */
export const EMBEDDINGS_F32 = 'embeddings.f32';
export const EMBEDDINGS_F16 = 'embeddings.f16';
/** [8, 2, D] float32, little-endian: start and end tag of each modality in the order of MODALITIES. */
export const TAGS_FILE = 'tags.f32';
/** SentencePiece model; absent from a pack that was converted without one. */
export const TOKENIZER_MODEL = 'tokenizer.model';
