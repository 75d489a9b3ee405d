import Icon from '~icons/lucide/dices'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'game',
  name: 'Game',
  icon: Icon,
  load: () => import('./GameWindow.vue'),
  size: [900, 640],
  order: 76,
})
