import Icon from '~icons/lucide/eye'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'mindseye',
  name: "Mind's Eye",
  icon: Icon,
  load: () => import('./MindsEyeWindow.vue'),
  size: [920, 560],
  order: 75,
  showsPast: true,
})
