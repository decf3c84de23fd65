import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeout: number, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout, ...extra },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('unit', 20_000),
      project('contract', 60_000),
      // one after the other: each starts real processes on a machine that may have two cores
      project('integration', 120_000, { fileParallelism: false }),
    ],
  },
});
