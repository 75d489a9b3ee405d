import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vite'
import { offlineShell } from './offline-shell.ts'
import { preloadShell } from './preload-shell.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = `http://127.0.0.1:${process.env.PORT ?? 4000}`

/** The server answers POST /login; GET /login is our own page. */
const signIn = {
  target: server,
  bypass: (request: { method?: string | undefined }) => (request.method === 'GET' ? '/index.html' : undefined),
}

export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [vue(), tailwindcss(), icons({ compiler: 'vue3', scale: 1.15 }), offlineShell(), preloadShell()],
  // Two copies of graphql in one page refuse each other's documents.
  resolve: { dedupe: ['graphql', 'vue', 'react', 'react-dom'] },
  worker: { format: 'es' },
  // The playground's workers cannot be pre-bundled; while developing, the server's own build of it serves.
  optimizeDeps: { entries: ['index.html'] },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Inlined assets would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        main: here('./index.html'),
        graphiql: here('./graphiql/index.html'),
        sw: here('./src/offline/service-worker.ts'),
      },
      output: {
        // A service worker has one address for ever: browsers look there for the next one.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          // The table of spells, in halves that load side by side.
          groups: [
            { name: 'enchantments', test: /dereth\/facts\/(creature|item)-enchantment/ },
            { name: 'magic', test: /dereth\/facts\/(life|war|void)-magic/ },
            // What all texts and figures need, in one piece instead of four small ones.
            {
              name: 'language',
              test: /src\/(language\/(language|plural|translated)|ui\/(format|messages|time-zone))\.ts/,
            },
            // Icons of the bar and of every window's frame: too small to be compressed each by itself.
            { name: 'frame-icons', test: /~icons\/lucide\/(x|external-link|triangle-alert|search|locate-fixed)\b/ },
          ],
        },
      },
      // The playground's packages mark modules for React servers; that means nothing in a browser.
      checks: { pluginTimings: false },
      onLog: (level, log, next) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : next(level, log)),
    },
  },
  server: {
    proxy: {
      '/graphql': { target: server, ws: true },
      '/login': signIn,
      '/logout': server,
      '/session': server,
      '/icons': server,
      '/healthz': server,
    },
  },
})
