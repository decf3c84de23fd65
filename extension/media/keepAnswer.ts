import { isAbsolute } from 'node:path';
import type { PanelTurn } from '../../daemon/protocol/panelMessages';
import { descriptionFrom, type MediaRecord, MOST_NOTES, sameStamp, storedFacts } from './mediaRecord';
import type { MediaStore } from './mediaStore';
import type { FileStamp } from './walkMedia';

const DESCRIBES = /^describe (this|the)\b/i;
const MOST_NOTE = 400;

/**
 * Takes in an answer about one file on the disk, where something is kept at all: before a folder was described or
 * media were searched for in this workspace, nothing is.
 */
export async function keepAnswer(
  turn: PanelTurn,
  store: MediaStore,
  stampOf: (path: string) => Promise<FileStamp & { uri: string }>,
): Promise<void> {
  const report = turn.attachments.length === 1 ? turn.result?.media[0] : undefined;
  if (report === undefined || !isAbsolute(report.file) || !(store.size > 0 || (await store.exists()))) return;
  await store.load();
  try {
    const { uri, size, mtime } = await stampOf(report.file);
    const known = store.get(uri);
    const base: MediaRecord = known && sameStamp(known, { size, mtime }) ? known : { uri, size, mtime };
    store.put({
      ...base,
      modality: report.modality,
      facts: storedFacts(report),
      error: undefined,
      ...said(turn, base),
    });
  } catch {
    // gone since it was asked about
  }
}

/** A description is one; what was answered to another question is a note. */
function said({ question, answer, result }: PanelTurn, { notes = [] }: MediaRecord): Partial<MediaRecord> {
  if (result === undefined || answer.trim() === '') return {};
  const description = descriptionFrom(answer, result);
  if (DESCRIBES.test(question)) return { description };
  const note = description.text.slice(0, MOST_NOTE);
  return { notes: [...notes.filter((other) => other !== note), note].slice(-MOST_NOTES) };
}
