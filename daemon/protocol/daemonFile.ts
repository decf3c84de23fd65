/** `<home>/daemon.json`, mode 0600, written by a running daemon, removed when it ends: how a client finds it. */
export interface DaemonFile {
  url: string;
  token: string;
  pid: number;
  version: string;
  protocol: string;
  startedAt: string;
  /** Changes with every build of the daemon; clients that know theirs ask another build to retire. */
  build: string;
}
