import type { ImageMedia, Media } from '../../daemon/media/media';

/** What is wrong with decoded media, in a few words; undefined if nothing: a damaged file may decode, but not to nonsense. */
export function nonsenseIn(media: Media): string | undefined {
  if (!Array.isArray(media.warnings)) return 'no warnings';
  const warning = media.warnings.find((text) => /undefined|NaN|\[object|\n/.test(text));
  if (warning) return `the warning "${warning}"`;
  switch (media.kind) {
    case 'image':
      return ofImage(media);
    case 'audio':
      if (!(media.sampleRate > 0 && Number.isFinite(media.sampleRate))) return `a rate of ${media.sampleRate}`;
      if (media.channels.length < 1 || media.channels[0]!.length < 1) return 'no samples';
      return media.channels.some((c) => c.length !== media.channels[0]!.length) ? 'channels of two lengths' : undefined;
    case 'point':
      if (media.count < 1 || media.positions.length !== 3 * media.count) return `${media.positions.length} coordinates`;
      if (media.positions.some((v) => !Number.isFinite(v))) return 'coordinates that are no numbers';
      if (media.colors && media.colors.length !== 3 * media.count) return `${media.colors.length} colours`;
      if (media.colors?.some((v) => !(v >= 0 && v <= 1))) return 'colours outside 0 to 1';
      if (media.area !== undefined && !(media.area >= 0 && Number.isFinite(media.area)))
        return `an area of ${media.area}`;
      if (media.bounds && [...media.bounds.min, ...media.bounds.max].some((v) => !Number.isFinite(v)))
        return 'no bounds';
      return media.declared >= 0 ? undefined : `${media.declared} points`;
    case 'video': {
      if (!(media.duration >= 0 && Number.isFinite(media.duration))) return `a duration of ${media.duration}`;
      if (!(media.frameRate >= 0 && Number.isFinite(media.frameRate))) return `a rate of ${media.frameRate}`;
      if (media.times?.some((t) => !Number.isFinite(t))) return 'times that are no numbers';
      if (media.width !== undefined && !(media.width >= 1 && media.height! >= 1)) return 'no sides';
      return media.frames.map(ofImage).find((wrong) => wrong);
    }
    case 'imu':
      if (!(media.sampleRate > 0 && Number.isFinite(media.sampleRate))) return `a rate of ${media.sampleRate}`;
      if (media.channels.length !== 6 || media.channels[0]!.length < 1) return `${media.channels.length} channels`;
      if (media.channels.some((c) => c.length !== media.channels[0]!.length)) return 'channels of two lengths';
      return media.channels.some((c) => c.some((v) => !Number.isFinite(v))) ? 'samples that are no numbers' : undefined;
    case 'fmri':
      if (!media.volume && media.voxels.length < 1) return 'no voxels';
      if (media.volume?.dims.some((n) => !(Number.isInteger(n) && n >= 1))) return `a volume of ${media.volume.dims}`;
      return media.volume ? ofImage(media.volume.slice) : undefined;
    default: {
      const { map, depth, normals } = media;
      if (depth && depth.values.length !== depth.width * depth.height) return `${depth.values.length} depths`;
      if (normals && normals.length !== 3 * map.width * map.height) return `${normals.length} numbers of normals`;
      return ofImage(map);
    }
  }
}

function ofImage({ width, height, data }: ImageMedia): string | undefined {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1))
    return `${width} × ${height} pixels`;
  return data.length === 4 * width * height ? undefined : `${data.length} bytes of ${width} × ${height} pixels`;
}
