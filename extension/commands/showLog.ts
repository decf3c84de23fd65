import type { CommandContext } from './table';

export async function showLog({ log }: CommandContext): Promise<void> {
  log.show();
}
