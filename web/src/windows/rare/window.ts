import Icon from '~icons/lucide/gem'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'rares',
  name: 'Rares',
  icon: Icon,
  load: () => import('./RaresWindow.vue'),
  size: [380, 420],
  order: 30,
  showsPast: true,
})
