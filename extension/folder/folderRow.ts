import type { FolderRow } from '../../daemon/protocol/folderMessages';
import { keyFacts } from '../media/keyFacts';
import { kindName, kindOf } from '../media/kindOf';
import { type Description, type MediaRecord, sameStamp } from '../media/mediaRecord';
import type { FileStamp } from '../media/walkMedia';

export interface FolderFile extends FileStamp {
  uri: string;
  /** Relative to the folder. */
  path: string;
}

/** A file with what is known of it; what is known of an older version of it does not count. */
export function folderRow(
  file: FolderFile,
  known: MediaRecord | undefined,
  isReading: boolean,
  addressOf: (thumbnail: string) => string,
): FolderRow {
  const record = known !== undefined && sameStamp(known, file) ? known : undefined;
  const { description, error, thumbnail } = record ?? {};
  const kind = kindOf(record ?? { uri: file.path });
  return {
    key: file.uri,
    path: file.path,
    kind,
    kindName: kindName(kind),
    state: isReading ? 'reading' : description ? 'described' : error ? 'failed' : 'waiting',
    ...(description && describedBy(description)),
    facts: record ? keyFacts(record) : [],
    ...(error && !description && { error }),
    ...(thumbnail && { thumbnail: addressOf(thumbnail) }),
  };
}

function describedBy({ text, confidence, calibrated, isGuess }: Description): Partial<FolderRow> {
  return { description: text, confidence, ...(calibrated && { calibrated }), ...(isGuess && { isGuess }) };
}
