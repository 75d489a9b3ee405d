import Icon from '~icons/lucide/history'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'timeline',
  name: 'Timeline',
  icon: Icon,
  load: () => import('./TimelineWindow.vue'),
  size: [460, 420],
  order: 187,
  inMenu: true,
  showsPast: true,
})
