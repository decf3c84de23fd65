import type { PanelCandidate } from './findPanels';
import type { SideFinding } from './readAxis';
import type { Side } from './sideLabels';

export interface FoundPanel {
  candidate: PanelCandidate;
  sides: Record<Side, SideFinding>;
}
