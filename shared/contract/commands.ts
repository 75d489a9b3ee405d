// How a command finds the plugin: told to every ingest process, answered by the one that holds the character's socket.

export const COMMAND_TOPIC = 'plugin.command'
/** Where the answer to one command is told. */
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

/** Told once a command's outcome is stored. */
export const COMMAND_AUDIT_TOPIC = 'command.audited'

/** One command, as it is kept. */
export interface CommandAuditEvent {
  id: string
  at: string
  viewerKind: string
  viewerName: string
  character: string
  command: string
  /** Null while it is under way, or when whoever sent it ended before an answer. */
  outcome: CommandOutcome | null
  node: string | null
  answeredAt: string | null
}

/** What the plugin gets: the envelope the original's browser sent, word for word. */
export interface CommandEnvelope {
  player_name: string
  command: string
}
