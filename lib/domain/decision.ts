/** A decision as everybody who may see its claim is told it: who, at which stage, what, and why. */
export type DecisionTold = {
  id: string
  stage: string
  action: string
  deciderName: string
  reasonCode: string | null
  comment: string
  decidedAt: Date
}
