// How a command reaches a plugin: published to every ingest process, answered by the one with the character's socket.

export const COMMAND_TOPIC = 'plugin.command'
/** The topic of the answer to one command. */
export const replyTopic = (id: string): string => `plugin.reply.${id}`

export interface CommandEvent {
  id: string
  character: string
  command: string
}

/** What the process that holds the newest plugin made of it; `delivered: false` when the plugin does not read. */
export interface CommandReply {
  delivered: boolean
  node: string
}

export const COMMAND_OUTCOMES = ['DELIVERED', 'NOT_CONNECTED', 'NOT_ALLOWED', 'TIMED_OUT'] as const
export type CommandOutcome = (typeof COMMAND_OUTCOMES)[number]

/** Published once a command's outcome is stored. */
export const COMMAND_AUDIT_TOPIC = 'command.audited'

/** One command, as it is kept. */
export interface CommandAuditEvent {
  id: string
  sentAt: string
  actorKind: 'USER' | 'TOKEN'
  actor: string
  character: string
  command: string
  /** Null while it is in progress, or when the sending process ended before an answer. */
  outcome: CommandOutcome | null
  node: string | null
  answeredAt: string | null
}

/** The message to the plugin: the same envelope that the original's browser sent. */
export interface CommandEnvelope {
  player_name: string
  command: string
}
