import Icon from '~icons/lucide/bot-message-square'
import { defineWindow } from '../../desktop/kinds.ts'

export const window = defineWindow({
  kind: 'assistant',
  name: 'Assistant',
  icon: Icon,
  load: () => import('./AssistantWindow.vue'),
  size: [640, 600],
  order: 60,
  key: 'a',
})
