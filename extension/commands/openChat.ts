import type { CommandContext } from './table';

export async function openChat({ view }: CommandContext): Promise<void> {
  await view.focus();
}
