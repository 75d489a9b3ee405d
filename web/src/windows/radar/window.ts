import Icon from '~icons/lucide/radar'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'radar',
  name: 'Radar',
  icon: Icon,
  load: () => import('./RadarWindow.vue'),
  size: [680, 520],
  order: 115,
  title: ({ character }) => (character ? `Radar: ${character}` : 'Radar'),
  needs: 'character',
  shared: true,
})
