/** `<home>/daemon.json`, mode 0600, written by a running daemon, removed when it ends: how a client finds it. */
export interface DaemonFile {
  url: string;
  token: string;
  pid: number;
  version: string;
  protocol: string;
  startedAt: string;
}
