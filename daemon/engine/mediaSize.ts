import type { Media } from '../media/media';

/** Decoded files of one question together; a picture of 100 megapixels takes 400 MB. */
export const MEDIA_LIMIT_BYTES = 1_500_000_000;

/** Bytes that decoded media hold in memory. */
export function mediaBytes(media: Media): number {
  switch (media.kind) {
    case 'image':
      return media.data.byteLength;
    case 'audio':
    case 'imu':
      return media.channels.reduce((sum, channel) => sum + channel.byteLength, 0);
    case 'point':
      return (
        media.positions.byteLength +
        (media.colors?.byteLength ?? 0) +
        (media.mesh?.positions.byteLength ?? 0) +
        (media.mesh?.triangles.byteLength ?? 0)
      );
    case 'fmri':
      return media.voxels.byteLength + (media.volume?.slice.data.byteLength ?? 0);
    case 'video':
      return (
        media.frames.reduce((sum, frame) => sum + frame.data.byteLength, 0) +
        (media.scan?.luma.reduce((sum, { byteLength }) => sum + byteLength, 0) ?? 0) +
        (media.sound?.audio ? mediaBytes(media.sound.audio) : 0)
      );
    case 'rgbd':
    case 'rgbn':
      return (
        media.map.data.byteLength +
        (media.photo?.data.byteLength ?? 0) +
        (media.depth?.values.byteLength ?? 0) +
        (media.normals?.byteLength ?? 0)
      );
  }
}
