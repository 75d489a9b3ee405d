import { frame, frameModule } from '../frame-module.ts'
import { onChat } from './handler.ts'
import type { ChatRows } from './rows.ts'
import { chat } from './shape.ts'
import { writeChat } from './writer.ts'

export const chatModule = frameModule<ChatRows>([frame(chat, onChat)], { chat: { write: writeChat } })
