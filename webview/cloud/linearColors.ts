import { BufferAttribute, Color, SRGBColorSpace } from 'three';

const LINEAR = Float32Array.from({ length: 256 }, (_, i) => new Color().setRGB(i / 255, 0, 0, SRGBColorSpace).r);

/** three.js computes with linear light; files and tables of colours are sRGB. */
export function linearColors(colors: Uint8Array): BufferAttribute {
  return new BufferAttribute(
    Float32Array.from(colors, (part) => LINEAR[part]!),
    3,
  );
}
