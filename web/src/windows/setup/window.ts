import Icon from '~icons/lucide/plug-zap'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'setup',
  name: 'Connect the plugin',
  icon: Icon,
  load: () => import('./SetupWindow.vue'),
  size: [520, 640],
  order: 80,
  hidden: true,
})
