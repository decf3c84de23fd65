/** Both ends refuse another major. */
export const PROTOCOL_VERSION = '1';

/** JSON-RPC error code of every OneLensError; its `data` is `SerializedError` (code, exitCode, what, remedy). */
export const ONELENS_ERROR = -32050;
