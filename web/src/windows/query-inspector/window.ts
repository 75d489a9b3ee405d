import Icon from '~icons/lucide/braces'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'query-inspector',
  name: 'Query inspector',
  icon: Icon,
  load: () => import('./QueryInspectorWindow.vue'),
  size: [720, 520],
  order: 190,
  shared: true,
  inMenu: true,
  showsPast: true,
})
