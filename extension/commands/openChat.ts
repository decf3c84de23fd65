import type { CommandContext } from './commandContext';

export async function openChat({ view }: CommandContext): Promise<void> {
  await view.focus();
}
