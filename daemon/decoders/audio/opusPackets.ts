import { errors } from '../../common/errors';
import { checkShape } from './limits';

/** Opus always decodes at this rate here. */
export const OPUS_RATE = 48_000;

/** The identification header of an Ogg Opus stream (RFC 7845, section 5.1). */
export interface OpusHead {
  channels: number;
  /** Samples at 48 kHz to drop from the start. */
  preSkip: number;
  /** Q7.8 dB. */
  outputGain: number;
  streamCount: number;
  coupledStreamCount: number;
  channelMappingTable: number[];
}

export function parseOpusHead(packet: Uint8Array): OpusHead {
  if (packet.length < 19) throw errors.damaged('Opus', `its header has ${packet.length} bytes, 19 are needed`);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (view.getUint8(8) > 15) throw errors.unsupported('Opus', `version ${view.getUint8(8)} of the header`);
  const channels = view.getUint8(9);
  checkShape('Opus', { channels, sampleRate: OPUS_RATE });
  const common = { channels, preSkip: view.getUint16(10, true), outputGain: view.getInt16(16, true) };
  const family = view.getUint8(18);
  if (family === 0) {
    if (channels > 2) throw errors.damaged('Opus', `channel mapping 0 is for 1 or 2 channels, not ${channels}`);
    return { ...common, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable: range(channels) };
  }
  if (family !== 1 && family !== 255) throw errors.unsupported('Opus', `the channel mapping ${family}`);
  if (packet.length < 21 + channels) throw errors.damaged('Opus', 'its channel mapping is incomplete');
  return {
    ...common,
    streamCount: view.getUint8(19),
    coupledStreamCount: view.getUint8(20),
    channelMappingTable: [...packet.subarray(21, 21 + channels)],
  };
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Samples at 48 kHz of one frame, by the configuration in the upper 5 bits of the first byte (RFC 6716, table 2). */
function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config & 3]!;
  if (config < 16) return [480, 960][config & 1]!;
  return 120 << (config & 3);
}

/** Samples a channel at 48 kHz that the packet decodes to; 0 if it is not valid (RFC 6716, section 3.1). */
export function opusPacketSamples(packet: Uint8Array): number {
  if (packet.length === 0) return 0;
  const code = packet[0]! & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63;
  const samples = frames * frameSamples(packet[0]! >> 3);
  return samples <= OPUS_RATE * 0.12 ? samples : 0;
}
