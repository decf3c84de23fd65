import type { CommandContext } from './commandContext';

export async function showLog({ log }: CommandContext): Promise<void> {
  log.show();
}
