import { expect, it, vi } from 'vitest';
import { agentVscode } from '../../../support/agentVscode';

vi.mock('vscode', () => agentVscode());
const { questionOf } = await import('../../../../extension/agents/participant/questionOf');

it.each([
  ['What is in photo.jpg?', 'What is in photo.jpg?'],
  ['', 'Describe this.'],
  ['photo.jpg', 'Describe this.'],
  ['photo.jpg and "my plot.png"', 'Describe this.'],
  ['  Loud?  ', 'Loud?'],
])('%j asks %j', (prompt, question) => {
  expect(questionOf({ prompt, references: [] }, 'Describe this.')).toBe(question);
});

it('leaves out the references that stand in the prompt', () => {
  const prompt = 'Is #file:a.png like #file:b.png or not?';
  const references = [
    { id: 'a', value: '', range: [3, 14] as [number, number] },
    { id: 'b', value: '', range: [20, 31] as [number, number] },
    { id: 'c', value: '' },
  ];
  expect(questionOf({ prompt, references }, 'x')).toBe('Is like or not?');
  expect(questionOf({ prompt: '#file:a.png', references: [{ ...references[0]!, range: [0, 11] }] }, 'x')).toBe('x');
});
