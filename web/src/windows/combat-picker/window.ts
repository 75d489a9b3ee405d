import Icon from '~icons/lucide/crosshair'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'combat-picker',
  name: 'Combat Picker',
  icon: Icon,
  load: () => import('./CombatPickerWindow.vue'),
  size: [480, 480],
  order: 100,
  key: 'k',
  inMenu: true,
})
