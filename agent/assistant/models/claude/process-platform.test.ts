import { describe, expect, it } from 'vitest'
import { endCommand, placesOf } from './process-platform.ts'

describe('[OPS21] the program `claude`', () => {
  it('gets paths of Windows there, and nothing of ours but what Windows needs', () => {
    const env = { Path: 'C:\\ours', SYSTEMROOT: 'C:\\Windows', userprofile: 'C:\\Users\\Ann B', SECRET_KEY: 'secret' }
    const node = 'C:\\Program Files\\nodejs\\node.exe'
    expect(placesOf('D:\\home', 'D:\\temp', { platform: 'win32', env, node })).toEqual({
      SystemRoot: 'C:\\Windows',
      PATH: 'C:\\Program Files\\nodejs;C:\\Users\\Ann B\\.local\\bin;C:\\Windows\\System32;C:\\Windows',
      LANG: 'C.UTF-8',
      HOME: 'D:\\home',
      USERPROFILE: 'D:\\home',
      TEMP: 'D:\\temp',
      TMP: 'D:\\temp',
    })
  })

  it('gets nothing of ours elsewhere', () => {
    const surroundings = { platform: 'linux' as const, env: { SECRET_KEY: 'secret' }, node: '/opt/node/bin/node' }
    expect(placesOf('/home/ann', '/tmp/a', surroundings)).toEqual({
      PATH: '/opt/node/bin:/usr/local/bin:/usr/bin:/bin',
      LANG: 'C.UTF-8',
      HOME: '/home/ann',
      TMPDIR: '/tmp/a',
    })
  })

  it('is ended by a command with all that it started where signals reach no groups', () => {
    expect(endCommand(4711, 'win32')).toEqual(['taskkill', ['/pid', '4711', '/T', '/F']])
    expect(endCommand(4711, 'linux')).toBeNull()
    expect(endCommand(4711, 'darwin')).toBeNull()
  })
})
