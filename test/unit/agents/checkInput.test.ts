import { describe, expect, it } from 'vitest';
import { AGENT_TOOLS, type AgentToolName } from '../../../daemon/agents/agentTools';
import { checkInput } from '../../../daemon/agents/checkInput';

const check = (name: AgentToolName, input: unknown) => () => checkInput(name, AGENT_TOOLS[name].input, input);

describe('checkInput', () => {
  it.each<[AgentToolName, object]>([
    ['describe_media', { file: 'a.png' }],
    ['describe_media', { file: 'a.png', as: 'depth', photo: 'b.jpg' }],
    ['ask_media', { files: ['a.png', 'b.wav'], question: 'What?', maxTokens: 8 }],
    ['measure_media', { file: 'a.png', facts: ['image.width'] }],
    ['plot_data', { file: 'a.png', maxPoints: 2, csv: true }],
    // what is undefined is not given
    ['plot_data', { file: 'a.png', maxPoints: undefined }],
  ])('lets %s have %j', (name, input) => {
    expect(check(name, input)).not.toThrow();
  });

  it.each<[AgentToolName, unknown, string]>([
    ['describe_media', undefined, '"file" is missing'],
    ['describe_media', null, '"file" is missing'],
    ['describe_media', [], 'the input is [], not an object'],
    ['describe_media', { file: 3 }, '"file" is 3, not a string'],
    ['describe_media', { file: '  ' }, '"file" is empty'],
    ['describe_media', { file: 'a.png', as: 'map' }, '"as" is "map", not one of depth, normal'],
    ['describe_media', { path: 'a.png', file: 'a' }, '"path" is not known'],
    ['describe_media', { file: 'a', constructor: 1 }, '"constructor" is not known'],
    ['ask_media', { files: [], question: 'What?' }, '"files" has 0 items; at least 1 are needed'],
    ['ask_media', { files: 'a.png', question: 'What?' }, '"files" is "a.png", not an array'],
    ['ask_media', { files: ['a', 2], question: 'What?' }, '"files"[1] is 2, not a string'],
    ['ask_media', { files: Array(17).fill('a'), question: 'What?' }, '"files" has 17 items; the most are 16'],
    ['ask_media', { files: ['a'], question: 'x'.repeat(4001) }, '"question" has 4001 characters; the most are 4000'],
    ['ask_media', { files: ['a'], question: 'x', maxTokens: 0 }, '"maxTokens" is 0, not from 1 to 4096'],
    ['plot_data', { file: 'a', maxPoints: 2.5 }, '"maxPoints" is 2.5, not a whole number'],
    ['plot_data', { file: 'a', csv: 'yes' }, '"csv" is "yes", not true or false'],
  ])('refuses %s %j: %s', (name, input, why) => {
    expect(check(name, input)).toThrow(`The input of ${name} is not right: ${why}.`);
  });

  it('says what may be given', () => {
    expect(check('plot_data', {})).toThrow('Call it again with "file" (needed), "maxPoints", "csv".');
  });
});
