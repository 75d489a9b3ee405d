import Icon from '~icons/lucide/swords'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'combat',
  name: 'Combat Stats',
  icon: Icon,
  load: () => import('./CombatWindow.vue'),
  size: [620, 560],
  order: 110,
  title: ({ character }) => (character ? `Combat: ${character}` : 'Combat Stats'),
  needs: 'character',
  shared: true,
  showsPast: true,
})
