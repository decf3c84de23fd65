import type { DepthRelief } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';
import { createPreview } from '../previews/preview';
import { bytesOf, floatsOf } from './bytesOf';
import { colorsByValue } from './pointColors';
import { reliefGrid } from './reliefGrid';
import { createSceneView } from './sceneView';
import type { ViewContext } from './viewContext';

/** A depth map as a surface to turn, in the photograph's colours or by depth. */
export function createReliefView(
  relief: DepthRelief,
  context: ViewContext,
): { element: HTMLElement; tools: HTMLElement } {
  const { columns, rows } = relief;
  const values = floatsOf(relief.valuesBase64);
  const { element, tools, scene } = createSceneView(
    t('Depth of {0} as a surface.', context.name),
    (bundle, canvas) => bundle.openSurface(canvas, { columns, rows, ...reliefGrid(relief, values) }),
    () => (context.report?.preview?.kind === 'pictures' ? createPreview(context.report.preview, context.name) : null),
    context,
  );
  void scene.then((opened) => {
    if (opened === undefined) return;
    const byDepth = colorsByValue(values, relief.range);
    const select = h(
      'select',
      { 'aria-label': t('Colour by') },
      relief.colorsBase64 !== undefined && h('option', { value: 'photo' }, t('Photograph')),
      h('option', { value: 'depth' }, relief.quantity === 'depth' ? t('Depth') : t('Disparity')),
    );
    const apply = () => opened.setColors(select.value === 'photo' ? bytesOf(relief.colorsBase64 ?? '') : byDepth);
    select.addEventListener('change', apply);
    apply();
    tools.append(h('label', { class: 'viewer-field' }, t('Colour'), select));
    element.append(h('p', { class: 'viewer-note' }, rangeText(relief)));
  });
  return { element, tools };
}

/** The field of view is not in the file, so that the sides are the picture's and only the depth is measured. */
function rangeText({ range, unit, quantity }: DepthRelief): string {
  const [low, high] = range.map((value) => Number(value.toPrecision(4)));
  const of = unit === undefined ? ', as the file has it' : ` ${unit}`;
  return t(
    'A relief of the picture: {0} {1} to {2}. Its sides are pixels, not lengths.',
    quantity,
    low!,
    `${high}${of}`,
  );
}
