/** A call of an MCP tool, for the log that admins read. */
export interface McpCall {
  /** `HTTP`: the tool ran here. `STDIO`: one document of a tool that ran elsewhere was answered. */
  transport: 'HTTP' | 'STDIO'
  tool: string
  /** Without secrets. Of a document, its variables. */
  input: Record<string, unknown>
  /** As the client names itself. */
  client: string | null
  /** Null where only a document was seen. */
  rows: number | null
  /** Milliseconds. */
  ms: number
  /** `OK`, or the code of the error. */
  outcome: string
  trace: string | null
}
