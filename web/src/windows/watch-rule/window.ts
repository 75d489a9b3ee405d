import Icon from '~icons/lucide/bell-ring'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'watch-rules',
  name: 'Watch Rules',
  icon: Icon,
  load: () => import('./WatchRulesWindow.vue'),
  size: [520, 480],
  order: 160,
  inMenu: true,
})
