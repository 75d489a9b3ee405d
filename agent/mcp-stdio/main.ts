#!/usr/bin/env node
// The MCP server over standard input and output, for one client that starts it: it asks the graph with one token.
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { createLog } from '../../shared/log.ts'
import { common } from '../../shared/settings/common.ts'
import { readConfig } from '../../shared/settings/setting.ts'
import { openGraphClient } from '../graph/client.ts'
import { notifyOfAll } from '../mcp/resources/resources.ts'
import { CharacterUpdates } from '../mcp/resources/updates.ts'
import { redacted } from '../../shared/redact.ts'
import { schemaTools } from '../mcp/schema-tools/schema-tools.ts'
import { createMcpServer } from '../mcp/server.ts'
import { graphOfClient } from '../mcp/tool-graph.ts'
import { tools } from '../mcp/tools/tools.ts'
import { stdioSettings } from '../settings.ts'

try {
  const { LOG_LEVEL } = common
  const config = readConfig({ ...stdioSettings, LOG_LEVEL }, process.env)
  // Standard output carries the protocol; the log goes to standard error, which clients keep or show.
  const log = createLog(config.LOG_LEVEL, 'mcp')
  const client = openGraphClient({ urls: config.GATEWAY_URL, token: config.MCP_TOKEN, log })
  const graph = graphOfClient(client)
  const updates = new CharacterUpdates(graph)
  const served = serveStdio(
    ({ era }) => {
      const server = createMcpServer({
        tools: config.MCP_SCHEMA_TOOLS ? [...tools, ...schemaTools] : tools,
        graph,
        updates: era === 'legacy' ? updates : null,
        log,
        onCall: ({ input, ...report }) => log.info({ ...report, arguments: redacted(input) }, 'mcp call'),
      })
      if (era === 'modern') notifyOfAll(server, updates)
      return server
    },
    { onerror: (error) => log.debug({ error }, 'an MCP message was refused') },
  )
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    void served
      .close()
      .then(() => client[Symbol.asyncDispose]())
      .finally(() => process.exit(0)) // nothing is left to save, and standard input may stay open
  }
  process.stdin.once('end', end).once('close', end)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
} catch (error) {
  console.error(`\n  The MCP server did not start. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
