import type { Command } from './command';
import { ask } from './commands/ask';
import { bench } from './commands/bench';
import { convert } from './commands/convert';
import { demo } from './commands/demo';
import { describe } from './commands/describe';
import { doctor } from './commands/doctor';
import { evaluate } from './commands/evaluate';
import { facts } from './commands/facts';
import { mcp } from './commands/mcp';
import { models } from './commands/models';
import { plotData } from './commands/plotData';
import { serve } from './commands/serve';
import { verify } from './commands/verify';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  ask,
  describe,
  facts,
  plotData,
  convert,
  verify,
  models,
  evaluate,
  bench,
  serve,
  mcp,
  doctor,
  demo,
];
