// The units for systemd start what the package starts, and name files that the build makes.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const ROOT = path.join(import.meta.dirname, '..')
const unit = (name: string) => readFileSync(path.join(ROOT, 'scripts', 'systemd', name), 'utf8')
const commandOf = (name: string) => /^ExecStart=\/usr\/bin\/(.+)$/m.exec(unit(name))![1]!.split(' ')

it('[OPS15] the unit starts Overlord as `npm start` does, without building', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  expect(commandOf('overlord.service').join(' ')).toBe(
    scripts['start']!.replace('scripts/run.js overlord.js', 'dist/overlord.js'),
  )
})

it('[OPS15] the units name programs that are there, and folders that they may write', () => {
  for (const name of ['overlord.service', 'overlord-backup.service']) {
    const program = commandOf(name).find((word) => word.includes('dist/'))!
    expect(existsSync(path.join(ROOT, program.replace(/^.*dist\//, '').replace(/\.js$/, '.ts')))).toBe(true)
    expect(unit(name)).toContain('ProtectSystem=strict')
    expect(unit(name)).toMatch(/^Environment=.*\bDATA_DIR=\/var\/lib\/overlord$/m)
    expect(unit(name)).toMatch(/^StateDirectory=overlord( overlord\/backups)?$/m)
  }
  expect(unit('overlord-backup.timer')).toContain('Persistent=true')
})
