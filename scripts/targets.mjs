// The platforms that there is a VSIX for, each with the largest that its file may be, in MiB: a tenth above what it was
// when this was written. onnxruntime-node has binaries for these five; sharp has, too.
export const TARGETS = {
  'linux-x64': 62,
  'linux-arm64': 55,
  'darwin-arm64': 71,
  'win32-x64': 74,
  'win32-arm64': 74,
};

/** VS Code's name of the platform that this runs on. */
export const HERE = `${process.platform}-${process.arch}`;
