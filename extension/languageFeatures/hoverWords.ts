import * as vscode from 'vscode';
import type { HoverWords } from './hoverText';

/** In the language of the window. */
export function hoverWords(): HoverWords {
  const { t } = vscode.l10n;
  return {
    measured: t('Measured'),
    description: t('Described by {0}'),
    outdated: t('(before the file was last changed)'),
    labels: {
      file: t('File'),
      plot: t('Plot'),
      xAxis: t('x axis'),
      yAxis: t('y axis'),
      series: t('Series'),
      slices: t('Slices'),
      text: t('Text in it'),
      colors: t('Colours'),
      light: t('Light'),
      level: t('Level'),
      pitch: t('Pitch'),
      silence: t('Silence'),
      content: t('Estimated'),
      picture: t('Picture'),
      motion: t('Motion'),
      sound: t('Sound'),
      extent: t('Extent'),
      shape: t('Shape'),
      surfaces: t('Surfaces'),
      range: t('Values'),
      missing: t('Without a value'),
      photo: t('Photograph'),
      rhythm: t('Rhythm'),
      turns: t('Turns'),
      still: t('At rest'),
      volume: t('Volume'),
      sensors: t('Sensors'),
    },
  };
}
