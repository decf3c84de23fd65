import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Execution providers in the order in which they are tried. */
export const DEVICES = ['cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;
export type Device = (typeof DEVICES)[number];

/** The CUDA provider is a library of its own that an installation may have added beside the binding. */
export function hasCudaProvider(runtimePackage: string): boolean {
  const here = join(dirname(runtimePackage), 'bin', 'napi-v6', process.platform, process.arch);
  return ['libonnxruntime_providers_cuda.so', 'onnxruntime_providers_cuda.dll'].some((f) => existsSync(join(here, f)));
}

/** Where the Vulkan loader looks for drivers on Linux, and where the kernel shows graphics cards. */
const DRIVER_FOLDERS = ['/etc/vulkan/icd.d', '/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
const CARDS = [
  { folder: '/dev/dri', name: /^renderD/ },
  { folder: '/dev', name: /^nvidia\d/ },
];

/** A graphics card and a Vulkan driver for it; lavapipe, which draws on the CPU, does not count. */
export function hasVulkanDriver(): boolean {
  const driver = DRIVER_FOLDERS.flatMap(entries).some((file) => file.endsWith('.json') && !file.startsWith('lvp'));
  return driver && CARDS.some(({ folder, name }) => entries(folder).some((file) => name.test(file)));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
