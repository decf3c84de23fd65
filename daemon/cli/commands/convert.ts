import { resolve } from 'node:path';
import { errors } from '../../common/errors';
import { convertCheckpoint } from '../../converter/convert';
import { readableBytes } from '../../store/readableBytes';
import { checkTokenizer } from '../checkTokenizer';
import { type Command, choiceOption, exactly, JSON_OPTION, printJson, textOption } from '../command';

export const convert: Command = {
  name: 'convert',
  usage:
    'CHECKPOINT --params params.json --out DIR [--tokenizer tokenizer.model] [--dtype fp32|fp16|int8|int4] [--id ID]',
  summary: 'Make a model pack from an official checkpoint (.pth or safetensors).',
  options: {
    ...JSON_OPTION,
    params: { type: 'string' },
    out: { type: 'string' },
    tokenizer: { type: 'string' },
    dtype: { type: 'string' },
    id: { type: 'string' },
  },
  async run(args, { terminal, cwd, signal }) {
    const [checkpoint] = exactly(convert, args, 1) as [string];
    const path = (name: string) => {
      const value = textOption(args, name);
      return value === undefined ? undefined : resolve(cwd, value);
    };
    const [paramsPath, out, tokenizer] = [path('params'), path('out'), path('tokenizer')];
    if (paramsPath === undefined) throw errors.usage('onelens convert needs --params params.json.');
    if (out === undefined) throw errors.usage('onelens convert needs --out DIR.');
    const dtype = choiceOption(args, 'dtype', ['fp32', 'fp16', 'int8', 'int4']) ?? 'fp32';
    const id = textOption(args, 'id');
    if (tokenizer !== undefined) await checkTokenizer(tokenizer);
    const manifest = await convertCheckpoint({
      checkpoint: resolve(cwd, checkpoint),
      paramsPath,
      out,
      dtype,
      signal,
      ...(tokenizer === undefined ? {} : { tokenizer }),
      ...(id === undefined ? {} : { id }),
      onProgress: ({ fraction, step }) => terminal.progress(`${Math.round(fraction * 100)} % ${step}`),
    }).finally(() => terminal.progress(null));
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    const { parameters, warnings } = manifest;
    if (args.options.json) printJson(terminal, { id: manifest.id, out, dtype, parameters, bytes, warnings });
    else
      terminal.out(
        `${out}: ${manifest.id}, ${dtype}, ${(parameters / 1e6).toFixed(2)} M parameters, ${readableBytes(bytes)}\n`,
      );
    for (const warning of warnings) terminal.err(`warning: ${warning}\n`);
    return 0;
  },
};
