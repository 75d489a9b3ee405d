import Icon from '~icons/lucide/shield'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'admin',
  name: 'Admin',
  icon: Icon,
  load: () => import('./AdminWindow.vue'),
  size: [760, 560],
  order: 200,
  inMenu: true,
  role: 'ADMIN',
})
