import { resolve } from 'node:path';
import { errors } from '../../common/errors';
import { DEFAULT_TOLERANCE, type VerifyCase, type VerifyReport, verifyPack } from '../../runtime/verify';
import { type Command, exactly, JSON_OPTION, numberOption, printJson, textOption } from '../command';

export const verify: Command = {
  name: 'verify',
  usage: 'PACK --cases cases.safetensors [--tolerance 0.001]',
  summary: 'Run a pack on reference cases and compare; exit code 4 when they differ.',
  options: { ...JSON_OPTION, cases: { type: 'string' }, tolerance: { type: 'string' } },
  async run(args, { terminal, cwd, signal }) {
    const [pack] = exactly(verify, args, 1) as [string];
    const cases = textOption(args, 'cases');
    if (cases === undefined) throw errors.usage('onelens verify needs --cases cases.safetensors.');
    const tolerance = numberOption(args, 'tolerance', { min: 0, max: 1e9 }) ?? DEFAULT_TOLERANCE;
    terminal.progress('verifying ...');
    const report = await verifyPack(resolve(cwd, pack), resolve(cwd, cases), tolerance, { signal }).finally(() =>
      terminal.progress(null),
    );
    if (args.options.json) printJson(terminal, report);
    else terminal.out(formatReport(report));
    return report.pass ? 0 : 4;
  },
};

function formatReport(report: VerifyReport): string {
  const row = (c: VerifyCase) =>
    `${c.modality.padEnd(8)}media ${shown(c.mediaTokensMaxAbs)}  logits ${shown(c.logitsMaxAbs)}  greedy ${
      c.greedyEqual === null ? '-' : c.greedyEqual ? 'equal' : 'differs'
    }\n`;
  const verdict = report.pass ? 'pass' : 'FAIL';
  return `${report.cases.map(row).join('')}${verdict} (tolerance ${report.tolerance})\n`;
}

const shown = (difference: number | null) => (difference === null ? '-' : difference.toExponential(2)).padEnd(9);
