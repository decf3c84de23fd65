import type { LegendEntry } from '../../../media/plot';
import type { PixelBox, TextLine } from '../../../media/text';

/** An entry and where its text stands; `trimmed` where the line that was read held the sample too. */
export interface FoundEntry {
  entry: LegendEntry;
  line: TextLine;
  textBox: PixelBox;
  trimmed: boolean;
}
