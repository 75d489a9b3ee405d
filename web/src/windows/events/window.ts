import Icon from '~icons/lucide/newspaper'
import { defineWindow } from '../../desktop/kinds.ts'
import { unreadEvents } from '../../event/unread.ts'

export const window = defineWindow({
  kind: 'events',
  name: 'Event Log',
  icon: Icon,
  load: () => import('./EventsWindow.vue'),
  size: [460, 520],
  order: 85,
  key: 'e',
  inMenu: true,
  unread: () => unreadEvents.value,
  showsPast: true,
})
