import Icon from '~icons/lucide/shirt'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'suit',
  name: 'Suits',
  icon: Icon,
  load: () => import('./SuitWindow.vue'),
  size: [1080, 700],
  order: 50,
  title: () => 'Suit builder',
  key: 's',
})
