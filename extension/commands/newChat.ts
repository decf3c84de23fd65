import type { CommandContext } from './commandContext';

export async function newChat({ session, view }: CommandContext): Promise<void> {
  session.newChat();
  await view.focus();
}
