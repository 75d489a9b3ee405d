// The calls of a session as a tree: each below the call that made it.
import type { TraceStepRowFragment } from './trace-step.fragment.gen.ts'

export interface StepNode {
  step: TraceStepRowFragment
  /** Its place among all calls of the session. */
  nth: number
  children: StepNode[]
}

/** The calls that the assistant made itself, with those they made. One that names no known call is one of its own. */
export function stepTree(steps: readonly TraceStepRowFragment[]): StepNode[] {
  const nodes = steps.map((step, nth): StepNode => ({ step, nth, children: [] }))
  const byCall = new Map(nodes.map((node) => [node.step.callId, node]))
  const parentOf = ({ step }: StepNode) => (step.parentCallId === null ? undefined : byCall.get(step.parentCallId))
  const roots: StepNode[] = []
  for (const node of nodes) {
    const parent = parentOf(node)
    if (parent && !isAbove(node, parent, parentOf)) parent.children.push(node)
    else roots.push(node)
  }
  return roots
}

/** Whether a node is one of those above another: reporters may name circles, which have no top. */
function isAbove(node: StepNode, other: StepNode, parentOf: (node: StepNode) => StepNode | undefined): boolean {
  const seen = new Set<StepNode>()
  for (let at: StepNode | undefined = other; at && !seen.has(at); at = parentOf(at)) {
    if (at === node) return true
    seen.add(at)
  }
  return false
}

/** How many calls are below one. */
export const countBelow = ({ children }: StepNode): number =>
  children.reduce((sum, child) => sum + 1 + countBelow(child), 0)
