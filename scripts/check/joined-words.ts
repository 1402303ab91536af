import type { Finding } from '@/scripts/check/finding'
import { lineAt, readSources } from '@/scripts/check/source-files'

/** A message followed by a sign of its own: `{t('title')}: `, in JSX as in a template. */
const joined = /\{\s*\w+\(\s*['`][\w.${}]+['`](?:,[^()]*)?\)\s*\}\s*[,;:](?=[\s<{$`])/g

/** Punctuation that code puts behind words: half-width, it is wrong in Chinese. It belongs into the message. */
export function findJoinedWords(root: string): Finding[] {
  return readSources(root, /^(app|components)\/.*[.]tsx$/).flatMap(({ file, text }) =>
    [...text.matchAll(joined)].map((match) => ({
      file,
      line: lineAt(text, match.index),
      words: 'puts half-width punctuation behind a message: write it into the message',
    })),
  )
}
