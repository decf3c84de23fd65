/**
 * ONNX Runtime reports its use to Microsoft from release 1.29 on (Linux and macOS: an identifier in the user's cache folder
 * and uploads to events.data.microsoft.com). This variable, set before the library is loaded, is its full way out
 * (microsoft/onnxruntime #27379): no identifier, no file, no connection. On Windows its events go to the system's own
 * tracing instead, and what becomes of them is the system's diagnostics setting.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
