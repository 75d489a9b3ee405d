import { z } from 'zod'
import { definePagedTool, pageOf } from '../tool.ts'
import { figure } from './fields.ts'
import { McpPortalsDocument } from './portals.query.gen.ts'

export const portals = definePagedTool({
  name: 'get_portals',
  title: 'Portals seen lately',
  description: 'Portals that characters of the guild saw lately, with place and who discovered them.',
  input: {
    text: z.string().min(1).max(100).optional().describe('Part of the name.'),
    near: z
      .strictObject({ ew: z.number(), ns: z.number(), distance: z.number().min(0).max(200).default(5) })
      .optional()
      .describe('Within so many map units of a place, nearest first.'),
  },
  row: {
    name: z.string(),
    ew: z.number(),
    ns: z.number(),
    z: figure,
    seen_at: z.string(),
    discovered_by: z.string().nullable(),
  },
  mostRows: 200,
  document: McpPortalsDocument,
  variables: ({ text, near }) => ({ text: text ?? null, near: near ?? null }),
  rows({ portals }, { near }, page) {
    const distance = ({ ew, ns }: { ew: number; ns: number }) => (near ? Math.hypot(ew - near.ew, ns - near.ns) : 0)
    const nearest = [...portals.nodes].sort((a, b) => distance(a) - distance(b))
    const rows = nearest.map(({ name, ew, ns, z, seenAt, discoveredBy }) => ({
      name: name ?? 'unnamed',
      ew,
      ns,
      z,
      seen_at: seenAt,
      discovered_by: discoveredBy?.name ?? null,
    }))
    return pageOf(rows, page)
  },
})
