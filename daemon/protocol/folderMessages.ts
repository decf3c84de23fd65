/** The contract between the page that describes a folder and the extension, both ways. */

/** One file. `key` is the extension's. */
export interface FolderRow {
  key: string;
  /** Relative to the folder, with "/". */
  path: string;
  /** "picture", "plot", "sound" ... */
  kind: string;
  /** The same in the person's language. */
  kindName: string;
  state: 'waiting' | 'reading' | 'described' | 'failed';
  /** The model's words. */
  description?: string;
  /** 0..1. */
  confidence?: number;
  calibrated?: boolean;
  /** The model was not sure. */
  isGuess?: boolean;
  /** Measured, as words. */
  facts: string[];
  error?: { code: string; text: string };
  /** An address that the page may show. */
  thumbnail?: string;
}

export interface FolderStatus {
  state: 'listing' | 'running' | 'yielding' | 'stopped' | 'done' | 'failed';
  /** Of the row that is being read. */
  current?: string;
  /** Why it ended, where it failed. */
  problem?: string;
  /** There are more files than a table takes. */
  isCut?: boolean;
}

export type ToFolderPage =
  | { type: 'folder'; name: string; uri: string; rows: FolderRow[]; status: FolderStatus }
  /** New rows, and rows that changed. */
  | { type: 'rows'; rows: FolderRow[] }
  | { type: 'status'; status: FolderStatus }
  /** Answered by `save`. */
  | { type: 'askSave' };

export type FromFolderPage =
  | { type: 'ready' }
  | { type: 'start' }
  | { type: 'stop' }
  /** Lists the files again. */
  | { type: 'refresh' }
  | { type: 'again'; keys: string[] }
  | { type: 'open'; key: string }
  | { type: 'ask'; key: string }
  /** The rows as they are shown. */
  | { type: 'save'; keys: string[] };
