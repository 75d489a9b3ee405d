import Icon from '~icons/lucide/scroll-text'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'quests',
  name: 'Quest Status',
  icon: Icon,
  load: () => import('./QuestsWindow.vue'),
  size: [560, 520],
  order: 120,
  key: 'q',
  inMenu: true,
  shared: true,
})
