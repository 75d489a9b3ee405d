/** The instructions of a language model, and the only tools it can reach. */
export interface Persona {
  name: string
  /** The system prompt. */
  prompt: string
  /** Names of tools; any other one does not exist for it. */
  tools: readonly string[]
}
