// Events between rooms. One interface, two transports: in-process when embedded, NATS when distributed.

/** Called with each event, in the order one publisher sent them. Must not throw; slow work belongs elsewhere. */
export type Listener = (event: unknown, topic: string) => void

/**
 * Topics are words joined by dots; `*` in a subscription stands for any one word.
 * Delivery is at most once: what must not be lost is read from the database by its id.
 */
export interface PubSub extends AsyncDisposable {
  /** Delivers to all current subscribers. Events must survive JSON. */
  publish(topic: string, event: unknown): void
  /** Listens from the moment the promise settles. Call what it gives to stop. */
  subscribe(topic: string, listener: Listener): Promise<() => void>
  /** Whether the carrier is up. */
  ready(): boolean
}
