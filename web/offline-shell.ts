import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** What the shell needs beside code and styles. */
const PAGE_FILES = ['/', '/icon.svg', '/manifest.webmanifest']

interface Chunk {
  type: 'chunk'
  code: string
  fileName: string
  isEntry: boolean
  name: string
  imports: string[]
  facadeModuleId: string | null
  viteMetadata?: { importedCss: Set<string> }
}

/** Tells the service worker which files the shell of the dashboard is made of, and a name that changes with them. */
export function offlineShell(): Plugin {
  return {
    name: 'offline-shell',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((one) => one.type === 'chunk') as unknown as Chunk[]
        const worker = chunks.find(({ fileName }) => fileName === 'sw.js')
        if (!worker) return this.error('There is no service worker to tell about the shell.')
        const files = new Set<string>()
        const visit = (chunk: Chunk | undefined) => {
          if (!chunk || files.has(`/${chunk.fileName}`)) return
          files.add(`/${chunk.fileName}`)
          for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(`/${style}`)
          for (const name of chunk.imports) visit(chunks.find(({ fileName }) => fileName === name))
        }
        visit(chunks.find(({ isEntry, name }) => isEntry && name === 'main'))
        visit(chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/DashboardShell.vue')))
        const shell = [...PAGE_FILES, ...[...files].sort()]
        worker.code = worker.code
          .replace('__SHELL_FILES__', JSON.stringify(shell))
          .replace(
            '__SHELL_NAME__',
            JSON.stringify(createHash('sha256').update(shell.join()).digest('hex').slice(0, 12)),
          )
      },
    },
  }
}
