import { FindPicker } from '../find/findPicker';
import type { CommandContext } from './commandContext';

/** Searches the workspace's media by words. */
export async function findMedia({ finder, library, log, askInChat }: CommandContext): Promise<void> {
  await new FindPicker(finder, library, askInChat, (line) => log.warn(line)).show();
}
