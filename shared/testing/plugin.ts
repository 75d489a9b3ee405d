import WebSocket from 'ws'

/** A plugin's socket as a test drives it. */
export interface TestPlugin extends AsyncDisposable {
  send(frame: unknown): void
  /** Sends text as it is, JSON or not. */
  sendText(text: string): void
  /** What the server sent so far. */
  received: readonly unknown[]
  /** Settles when the server closes the socket. */
  closed: Promise<{ code: number; reason: string }>
  isOpen(): boolean
}

/** Connects as the plugin does; registers when a character is named. */
export async function connectPlugin(
  url: string,
  { secret, character, inQuery = false }: { secret?: string; character?: string; inQuery?: boolean },
): Promise<TestPlugin> {
  const address = inQuery && secret ? `${url}?secret=${encodeURIComponent(secret)}` : url
  const socket = new WebSocket(address, {
    headers: secret && !inQuery ? { 'X-Plugin-Secret': secret } : {},
    maxPayload: 64 * 1024 * 1024,
  })
  const received: unknown[] = []
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString('utf8'))))
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.on('error', () => undefined) // reported by `closed`
  const plugin: TestPlugin = {
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendText: (text) => socket.send(text),
    received,
    closed,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    async [Symbol.asyncDispose]() {
      socket.terminate()
      await closed
    },
  }
  if (character) plugin.send({ type: 'register', player_name: character })
  return plugin
}
