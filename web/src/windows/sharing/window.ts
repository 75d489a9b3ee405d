import Icon from '~icons/lucide/heart-pulse'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'sharing',
  name: 'Vital Sharing',
  icon: Icon,
  load: () => import('./SharingWindow.vue'),
  size: [520, 420],
  order: 140,
  inMenu: true,
})
