import Icon from '~icons/lucide/backpack'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'inventory',
  name: 'Inventory',
  icon: Icon,
  load: () => import('./InventoryWindow.vue'),
  size: [960, 640],
  order: 60,
  title: ({ character }) => (character ? `Inventory: ${character}` : 'Inventory'),
  needs: 'character',
  key: 'b',
  showsPast: true,
})
