import Icon from '~icons/lucide/layout-dashboard'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'fleet',
  name: 'Player Dashboard',
  icon: Icon,
  load: () => import('./FleetWindow.vue'),
  size: [1000, 600],
  order: 90,
  key: 'p',
  inMenu: true,
  showsPast: true,
})
