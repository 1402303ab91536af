/** What a student declares per item: nothing, AI helped, or AI wrote most of it. Declaring is never held against anyone by itself. */
export const AI_USES = ['none', 'assisted', 'substantial'] as const
export type AiUse = (typeof AI_USES)[number]
