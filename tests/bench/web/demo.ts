import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')

/** The demo with its 60 characters, on data of its own, and the link that signs in. */
export async function startDemo(): Promise<{ link: string } & AsyncDisposable> {
  const dataDir = await tempFolder('bench')
  const demo = spawn(process.execPath, [path.join(ROOT, 'dist', 'demo.js')], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', GAME_SERVER_ADDRESS: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  demo.stdout.on('data', (text: Buffer) => (said += text.toString()))
  const link = await until(
    'the demo',
    () => /pretend characters/.test(said) && /http\S+link=\S+/.exec(said)?.[0],
    240_000,
  )
  return {
    link,
    async [Symbol.asyncDispose]() {
      demo.kill('SIGTERM')
      if (demo.exitCode === null) await new Promise((resolve) => demo.once('exit', resolve))
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
