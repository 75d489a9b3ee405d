import type { PubSub } from './pubsub.ts'

export interface Question {
  topic: string
  /** The topic of the answer to this question alone. */
  replyTopic: string
  event: unknown
  /** How long an answer is waited for, in milliseconds. */
  patienceMs: number
}

/** Publishes a question to every process and gives the first answer; null if none comes in time. */
export async function askOnce<Reply>(pubsub: PubSub, question: Question): Promise<Reply | null> {
  let answered: (reply: Reply) => void = () => undefined
  const answer = new Promise<Reply>((resolve) => (answered = resolve))
  const stop = await pubsub.subscribe(question.replyTopic, (reply) => answered(reply as Reply))
  let fuse: NodeJS.Timeout | undefined
  const silence = new Promise<null>((resolve) => (fuse = setTimeout(() => resolve(null), question.patienceMs)))
  pubsub.publish(question.topic, question.event)
  const reply = await Promise.race([answer, silence])
  clearTimeout(fuse)
  stop()
  return reply
}
