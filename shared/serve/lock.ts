import fs from 'node:fs'
import path from 'node:path'

const LOCK = 'overlord.pid'

/** The number of another process that holds a data folder; null for none. */
export function folderHolder(dataDir: string): number | null {
  const file = path.join(dataDir, LOCK)
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0
  return holder && holder !== process.pid && isOurKind(holder) ? holder : null
}

/** Holds a data folder for this process. Throws, naming the other one, while another process holds it. */
export function lockFolder(dataDir: string): Disposable {
  fs.mkdirSync(dataDir, { recursive: true })
  const file = path.join(dataDir, LOCK)
  const holder = folderHolder(dataDir)
  if (holder !== null) {
    throw new Error(
      `Overlord already runs on ${path.resolve(dataDir)} (process ${holder}). Stop it first, or set DATA_DIR ` +
        'and PORT for a second one.',
    )
  }
  fs.writeFileSync(file, String(process.pid))
  const release = () => fs.rmSync(file, { force: true })
  process.once('exit', release) // when it ends without disposing
  return {
    [Symbol.dispose]() {
      process.off('exit', release)
      release()
    },
  }
}

/** Alive and a Node process: after a kill -9 the number may belong to anybody by now. */
function isOurKind(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const command = `/proc/${pid}/cmdline`
  return !fs.existsSync(command) || /node|overlord/.test(fs.readFileSync(command, 'utf8'))
}
