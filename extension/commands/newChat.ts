import type { CommandContext } from './table';

export async function newChat({ session, view }: CommandContext): Promise<void> {
  session.newChat();
  await view.focus();
}
