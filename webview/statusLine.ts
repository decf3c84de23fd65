import type { StatusInfo } from '../daemon/protocol/messages';
import { h } from './dom';
import { t } from './l10n';

const WORDS: Record<StatusInfo['state'], () => string> = {
  stopped: () => '',
  starting: () => t('Starting…'),
  ready: () => '',
  busy: () => '',
  failed: () => t('Engine failed'),
};

/** The model and the device in one line of the composer; the tooltip gives the reason. */
export function createStatusLine(): { element: HTMLElement; update(status: StatusInfo | null): void } {
  const element = h('span', { class: 'status-line' });
  return {
    element,
    update: (status) => {
      element.textContent = status === null ? '' : statusWords(status);
      element.title = status === null ? '' : statusDetails(status);
      element.classList.toggle('failed', status?.state === 'failed');
    },
  };
}

export function statusWords(status: StatusInfo): string {
  const word = WORDS[status.state]();
  if (word !== '') return word;
  return [status.model, status.device && shortDevice(status.device)].filter(Boolean).join(' · ');
}

function statusDetails({ model, device, deviceReason, detail }: StatusInfo): string {
  return [
    model && t('Model: {0}', model),
    device && t('Device: {0}', deviceReason ? `${device} (${deviceReason})` : device),
    detail,
  ]
    .filter(Boolean)
    .join('\n');
}

/** ONNX Runtime's names of its execution providers, as people write them. */
const DEVICES: Record<string, string> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'Core ML',
};

/** "cpu (8 threads)" is "CPU": there is little room. */
function shortDevice(device: string): string {
  const name = device.split(/[(,]/)[0]?.trim() ?? device;
  return DEVICES[name.toLowerCase()] ?? name;
}
