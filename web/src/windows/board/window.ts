import Icon from '~icons/lucide/clipboard-list'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'board',
  name: 'Issues',
  icon: Icon,
  load: () => import('./BoardWindow.vue'),
  size: [480, 520],
  order: 150,
  inMenu: true,
})
