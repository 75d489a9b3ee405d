import Icon from '~icons/lucide/user-round'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'character',
  name: 'Character',
  icon: Icon,
  load: () => import('./CharacterWindow.vue'),
  size: [360, 560],
  order: 70,
  title: ({ character }) => character ?? 'Character',
  needs: 'character',
  shared: true,
  showsPast: true,
})
