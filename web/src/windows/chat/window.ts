import Icon from '~icons/lucide/messages-square'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'chat',
  name: 'Chat',
  icon: Icon,
  load: () => import('./ChatWindow.vue'),
  size: [380, 300],
  order: 20,
  showsPast: true,
})
