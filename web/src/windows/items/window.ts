import Icon from '~icons/lucide/package-search'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'items',
  name: 'Items',
  icon: Icon,
  load: () => import('./ItemsWindow.vue'),
  size: [980, 620],
  order: 40,
  title: () => 'Item search',
  key: 'i',
})
