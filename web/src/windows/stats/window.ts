import Icon from '~icons/lucide/trophy'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'stats',
  name: 'Leaderboards',
  icon: Icon,
  load: () => import('./StatsWindow.vue'),
  size: [480, 520],
  order: 130,
  key: 'l',
  inMenu: true,
})
