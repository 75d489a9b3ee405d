// Addresses of what rows name, as resources of the MCP server.
import type { Link } from './tool.ts'

export const characterLink = (name: string): Link => ({ uri: `overlord://character/${encodeURIComponent(name)}`, name })

export const itemLink = (id: string, name: string): Link => ({ uri: `overlord://item/${encodeURIComponent(id)}`, name })
