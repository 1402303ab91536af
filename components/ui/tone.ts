/** What a colour says: jade approved, amber attention, cinnabar decided or refused, indigo under way. */
export const TONES = ['neutral', 'jade', 'amber', 'cinnabar', 'indigo'] as const
export type Tone = (typeof TONES)[number]

/** Text on its wash. */
export const TONE_CLASSES: Record<Tone, string> = {
  neutral: 'bg-wash text-ink-soft',
  jade: 'bg-jade-wash text-jade',
  amber: 'bg-amber-wash text-amber',
  cinnabar: 'bg-cinnabar-wash text-cinnabar',
  indigo: 'bg-indigo-wash text-indigo',
}
