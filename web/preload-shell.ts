import type { HtmlTagDescriptor, IndexHtmlTransformHook, Plugin } from 'vite'

type Bundle = NonNullable<Parameters<IndexHtmlTransformHook>[1]['bundle']>

/** A chunk and all that it cannot run without. */
function closure(bundle: Bundle, file: string, found = new Set<string>()): Set<string> {
  const chunk = bundle[file]
  if (chunk?.type !== 'chunk' || found.has(file)) return found
  found.add(file)
  for (const next of chunk.imports) closure(bundle, next, found)
  return found
}

/**
 * Loads the dashboard's shell beside the entry that asks for it once it runs: over a slow line that is a whole round
 * trip less. What the entry itself needs is in the page already.
 */
export function preloadShell(): Plugin {
  return {
    name: 'preload-shell',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {}, path }) {
        if (path !== '/index.html') return html
        const shell = Object.values(bundle).find((one) => one.type === 'chunk' && one.name === 'DashboardShell')
        if (!shell) throw new Error('No chunk is called DashboardShell')
        return [...closure(bundle, shell.fileName)]
          .filter((file) => !html.includes(file))
          .map((file): HtmlTagDescriptor => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
            injectTo: 'head',
          }))
      },
    },
  }
}
