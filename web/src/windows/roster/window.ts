import Icon from '~icons/lucide/users-round'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'roster',
  name: 'Characters',
  icon: Icon,
  load: () => import('./RosterWindow.vue'),
  size: [380, 470],
  order: 10,
  showsPast: true,
})
