import type { Endpoint } from './endpoint.ts'
import { z } from 'zod'

const html = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
color-scheme:light dark}
code,pre{font:13px/1.5 ui-monospace,monospace}details{border-top:1px solid #8884;padding:.4rem 0}summary{cursor:pointer}
summary b{display:inline-block;min-width:4rem}pre{overflow:auto;padding:.6rem;background:#8882}small{opacity:.7}`

const schemaText = (schema: z.ZodType, io: 'input' | 'output'): string => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return `<pre>${html(JSON.stringify(rest, null, 2))}</pre>`
}

function entryOf({ method, path, says, who, query, body, answer }: Endpoint): string {
  const asks = Object.entries(query.shape).map(
    ([name, field]) => `<li><code>?${html(name)}=</code> ${html((field as z.ZodType).description ?? '')}</li>`,
  )
  const summary = `<summary><b>${method}</b><code>${html(path)}</code> <small>${who}</small></summary>`
  return `<details>${summary}<p>${html(says)}</p>${
    asks.length ? `<ul>${asks.join('')}</ul>` : ''
  }${body ? `<p>Takes</p>${schemaText(body, 'input')}` : ''}<p>Answers</p>${schemaText(answer, 'output')}</details>`
}

/** A page about the endpoints. It loads nothing. */
export function endpointPage(table: readonly Endpoint[], version: string): string {
  const families = [...new Set(table.map(({ family }) => family))]
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Endpoints of Overlord</title><style>${STYLE}</style>
<h1>Endpoints</h1>
<p>Thin maps onto the graph, for scripts that were written before it; all of it answers under <code>/api</code> too.
Sign in, or send a service token: <code>Authorization: Bearer …</code>, or <code>?token=…</code> for programs that can
send no header. What is new stands in <a href="/graphiql">the graph</a>. For machines:
<a href="/openapi.json">openapi.json</a>.
<small>${html(version)}</small></p>
${families
  .map(
    (family) =>
      `<h2>${html(family)}</h2>${table
        .filter((entry) => entry.family === family)
        .map(entryOf)
        .join('\n')}`,
  )
  .join('\n')}
</html>
`
}
