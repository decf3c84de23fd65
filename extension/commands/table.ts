import { askAboutThis } from './askAboutThis';
import { askClipboard } from './askClipboard';
import { askFile } from './askFile';
import { askMap } from './askMap';
import type { CommandContext } from './commandContext';
import { describeFile } from './describeFile';
import { describeFolder } from './describeFolder';
import { describeOutput } from './describeOutput';
import { describeSample } from './describeSample';
import { exportChat } from './exportChat';
import { extractPlotData } from './extractPlotData';
import { findMedia } from './findMedia';
import { newChat } from './newChat';
import { openChat } from './openChat';
import { openFile } from './openFile';
import { restartEngine } from './restartEngine';
import { saveFolderTable } from './saveFolderTable';
import { showHistory } from './showHistory';
import { showLog } from './showLog';
import { whatLeaves } from './whatLeaves';
import { writeAltText } from './writeAltText';

export type Command = (context: CommandContext, ...args: unknown[]) => Promise<void>;

/** Every command of `package.json` and its handler; a contract test holds the two equal. */
export const COMMANDS = {
  'onelens.askFile': askFile,
  'onelens.askMap': askMap,
  'onelens.describeFile': describeFile,
  'onelens.describeSample': describeSample,
  'onelens.extractPlotData': extractPlotData,
  'onelens.describeFolder': describeFolder,
  'onelens.findMedia': findMedia,
  'onelens.saveFolderTable': saveFolderTable,
  'onelens.openChat': openChat,
  'onelens.newChat': newChat,
  'onelens.askAboutThis': askAboutThis,
  'onelens.openFile': openFile,
  'onelens.showHistory': showHistory,
  'onelens.exportChat': exportChat,
  'onelens.askClipboard': askClipboard,
  'onelens.describeOutput': describeOutput,
  'onelens.writeAltText': writeAltText,
  'onelens.restartEngine': restartEngine,
  'onelens.showLog': showLog,
  'onelens.whatLeaves': whatLeaves,
} as const satisfies Record<string, Command>;
