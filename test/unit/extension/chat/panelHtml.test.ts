import { expect, test } from 'vitest';
import { contentSecurityPolicy, panelHtml } from '../../../../extension/chat/panelHtml';

const html = panelHtml({
  cspSource: 'https://cdn.example',
  scriptUri: 'https://cdn.example/main.js',
  styleUri: 'https://cdn.example/main.css',
  nonce: 'abc',
});

test('the policy lets in the panel’s own files, one script, and pictures made here', () => {
  expect(contentSecurityPolicy('SRC', 'N').split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'nonce-N'",
    'style-src SRC',
    'font-src SRC',
    'img-src SRC data: blob:',
    'media-src SRC blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the page carries it, and nothing inline', () => {
  expect(html).toContain(`content="${contentSecurityPolicy('https://cdn.example', 'abc')}"`);
  expect(html).not.toMatch(/unsafe-inline|unsafe-eval|<style| style="| on\w+="/);
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script nonce="abc" src="https://cdn.example/main.js">']);
  expect(html).not.toMatch(/<script[^>]*>[^<]/);
});
