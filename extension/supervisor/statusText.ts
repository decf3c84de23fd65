import type { StatusInfo } from '../../daemon/protocol/messages';
import { t } from '../l10n';
import { escapeMarkdown } from '../languageFeatures/escapeMarkdown';
import type { Snapshot } from './supervisor';

/** The status item's words, apart from VS Code so that they can be tested. */
export interface StatusText {
  text: string;
  /** Read out by screen readers. */
  label: string;
  /** Markdown. */
  tooltip: string;
  isError: boolean;
}

type Shown = 'stopped' | 'starting' | 'ready' | 'busy' | 'failed';

const ICON: Record<Shown, string> = {
  stopped: '$(eye)',
  starting: '$(loading~spin)',
  ready: '$(eye)',
  busy: '$(loading~spin)',
  failed: '$(error)',
};
const WORD: Record<Shown, () => string> = {
  stopped: () => t('not started'),
  starting: () => t('starting'),
  ready: () => t('ready'),
  busy: () => t('answering'),
  failed: () => t('failed'),
};

export function statusText(snapshot: Snapshot): StatusText {
  const shown = shownState(snapshot);
  const { status, failure } = snapshot;
  const device = status?.device ?? null;
  const name = ['OneLens', status?.model, device && shortDevice(device)].filter(Boolean).join(' · ');
  return {
    text: `${ICON[shown]} ${name}`,
    label: [`OneLens, ${WORD[shown]()}`, status?.model && t('model {0}', status.model), device && t('on {0}', device)]
      .filter(Boolean)
      .join(', '),
    tooltip: tooltip(WORD[shown](), status, failure?.message ?? null),
    isError: shown === 'failed',
  };
}

/** The engine's state once there is one; before that the connection's. A daemon that rests shows as ready to be asked. */
function shownState({ state, status }: Snapshot): Shown {
  return state === 'ready' && status !== null ? status.state : state;
}

/** For the panel: the same, in the protocol's shape. */
export function panelStatus(snapshot: Snapshot): StatusInfo | null {
  if (snapshot.status !== null) return snapshot.status;
  if (snapshot.state === 'stopped') return null;
  const detail = snapshot.failure?.message;
  return {
    state: snapshot.state === 'ready' ? 'stopped' : snapshot.state,
    model: null,
    device: null,
    deviceReason: null,
    daemonPid: 0,
    version: '',
    ...(detail === undefined ? {} : { detail }),
  };
}

function tooltip(word: string, status: StatusInfo | null, failure: string | null): string {
  const rows = [
    t('**OneLens**: engine {0}', word),
    status?.model && t('Model: {0}', escapeMarkdown(status.model)),
    status?.device &&
      t('Device: {0}', withReason(escapeMarkdown(status.device), escapeMarkdown(status.deviceReason ?? ''))),
    (failure ?? status?.detail) && escapeMarkdown(failure ?? status?.detail ?? ''),
    `[${t('Restart engine')}](command:onelens.restartEngine) · [${t('Show log')}](command:onelens.showLog)`,
  ];
  return rows.filter((row) => typeof row === 'string' && row !== '').join('\n\n');
}

const withReason = (device: string, reason: string) => (reason === '' ? device : `${device} (${reason})`);

/** ONNX Runtime's names of its execution providers, as people write them. */
const DEVICES: Record<string, string> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'Core ML',
};

/** "cpu (8 threads)" is "CPU" in the bar. */
function shortDevice(device: string): string {
  const name = device.split(/[(,]/)[0]!.trim();
  const short = DEVICES[name.toLowerCase()] ?? name;
  return short.length > 16 ? `${short.slice(0, 15)}…` : short;
}
