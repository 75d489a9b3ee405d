import Icon from '~icons/lucide/route'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'trails',
  name: 'Trails of any time',
  icon: Icon,
  load: () => import('./TrailsWindow.vue'),
  size: [400, 250],
  order: 186,
  inMenu: true,
  showsPast: true,
})
