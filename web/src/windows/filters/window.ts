import Icon from '~icons/lucide/funnel'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'filters',
  name: 'Map filters',
  icon: Icon,
  load: () => import('./FiltersWindow.vue'),
  size: [420, 460],
  order: 185,
  key: 'x',
  inMenu: true,
  showsPast: true,
})
