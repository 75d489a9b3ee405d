// npm run dev: the server from its sources, restarted on change; generated code kept fresh; the dashboard on Vite's own port.
import { spawn } from 'node:child_process'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))
const bin = (name) => path.join('node_modules', '.bin', name)
const port = process.env.PORT ?? '4000'
const children = [
  spawn(bin('tsx'), ['watch', '--clear-screen=false', 'overlord.ts'], {
    stdio: 'inherit',
    env: { ...process.env, PORT: port },
  }),
  spawn(bin('graphql-codegen'), ['--config', 'codegen.ts', '--watch', '--silent'], { stdio: 'inherit' }),
  spawn(bin('vite'), ['--config', 'web/vite.config.ts', '--clearScreen', 'false'], {
    stdio: 'inherit',
    env: { ...process.env, PORT: port },
  }),
]
const end = () => {
  for (const child of children) child.kill('SIGTERM')
}
process.on('SIGINT', end)
process.on('SIGTERM', end)
for (const child of children) child.once('exit', end)
