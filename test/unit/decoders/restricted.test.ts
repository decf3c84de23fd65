import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { decode } from '../../../daemon/decoders/decode';
import { formats } from '../../../daemon/decoders/formats';
import { isSafe, outlineOf } from '../../../daemon/decoders/restricted';
import { REPOSITORY } from '../../support/importsOf';

const { openImage } = vi.hoisted(() => ({ openImage: vi.fn() }));
vi.mock('../../../daemon/decoders/image/sharpLoader', () => ({ openImage }));

const fixtures = ['image', 'audio', 'points', 'imu', 'fmri', 'maps', 'video'].flatMap((folder) =>
  readdirSync(join(REPOSITORY, 'test/fixtures', folder))
    .map((name) => join(REPOSITORY, 'test/fixtures', folder, name))
    .filter((file) => statSync(file).isFile() && !/\.(md|json|py)$/.test(file) && statSync(file).size < 2 ** 20),
);

test('restricted, no file of any kind reaches the native picture library, and many are decoded', async () => {
  const codes = new Map<string, number>();
  for (const file of fixtures) {
    const outcome = await decode(readFileSync(file), file, undefined, { restricted: true }).then(
      ({ format }) => `decoded ${isSafe(format)}`,
      (error: { code?: string }) => error.code ?? `${file}: ${error}`,
    );
    codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
  }
  expect(openImage).not.toHaveBeenCalled();
  expect(codes.get('decoded true')).toBeGreaterThan(60);
  expect(codes.get('FILE_RESTRICTED')).toBeGreaterThan(30);
  expect([...codes.keys()].filter((code) => !/^(decoded true|[A-Z_]+)$/.test(code))).toEqual([]);
});

test('every format is either safe or restricted on purpose', () => {
  const restricted = formats.filter((format) => !isSafe(format)).map(({ id }) => id);
  expect(restricted.sort()).toEqual(
    [
      ...['animated-gif', 'animated-webp', 'avif', 'gif', 'jpeg', 'png', 'svg', 'tiff', 'webp'],
      ...[
        'jpeg-depth',
        'jpeg-normals',
        'png-depth',
        'png-normals',
        'tiff-depth',
        'tiff-normals',
        'webp-depth',
        'webp-normals',
      ],
    ].sort(),
  );
});

test('of a picture that may not be decoded the header is told, of a drawing nothing', () => {
  const format = (id: string) => formats.find((one) => one.id === id)!;
  const png = outlineOf(format('png'), readFileSync(join(REPOSITORY, 'media/samples/plot.png')));
  expect(png).toMatchObject({ name: 'PNG', header: { width: 640, height: 480 } });
  expect(png.warnings).toEqual([
    'Restricted Mode: only the header was read, because decoding PNG takes native code. Trust the workspace for the rest.',
  ]);
  const svg = outlineOf(format('svg'), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  expect(svg.header).toBeUndefined();
  expect(svg.warnings[0]).toContain('nothing was decoded');
});
