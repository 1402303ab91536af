import type { Finding } from '@/scripts/check/finding'
import { argumentsOf } from '@/scripts/check/icu-arguments'
import { findJoinedWords } from '@/scripts/check/joined-words'
import { type CheckedLocale, locales, type Messages, messageFile, readMessages } from '@/scripts/check/message-files'
import { findUnusedKeys } from '@/scripts/check/unused-message-keys'
import { findMissingKeys } from '@/scripts/check/used-message-keys'

/** Chinese words that an English sentence may hold: names that are not translated. */
const chineseNames =
  /源分|中文|简体|教务处|学号|姓名|学院|专业|班级|申请表|汇总表|公示|国发〔2025〕11号|[《“][^》”]*[》”]|[（(][^)）]*[)）]/gu
const han = /\p{Script=Han}/u
const halfWidthAfterHan = /\p{Script=Han}[,;:?!]|[,;:?!]\p{Script=Han}|\p{Script=Han}\.(\s|$)/u
/** Names that are the same in every language, and what is no sentence. */
const sameEverywhere =
  /^(?:[\s\d\p{P}\p{S}]|<\/?\w+>|https?:\/\/\S+|\{[^{}]*\}|GitHub|Gitee|GitCode|Hugging Face|OpenID Connect|OpenDigger|English|中文|CSV|xlsx|UTF-8|GB18030|BOM|SHA-256|Ed25519|Yuanfen|源分|PDF|JSON|pull request|PR|AI|ID|ORCID|README)+$/u

/** Where the two languages do not have the same keys with the same arguments, or one holds the words of the other. */
export function findMessageFaults(root: string): Finding[] {
  const zh = readMessages(root, 'zh-CN')
  const en = readMessages(root, 'en')
  return [
    ...missing({ from: zh, in: en, locale: 'en' }),
    ...missing({ from: en, in: zh, locale: 'zh-CN' }),
    ...differing(zh, en),
    ...locales.flatMap((locale) => badWords(locale, locale === 'en' ? en : zh)),
    ...findMissingKeys(root, zh),
    ...findUnusedKeys(root, en),
    ...findJoinedWords(root),
  ]
}

function missing(sides: { from: Messages; in: Messages; locale: CheckedLocale }): Finding[] {
  return [...sides.from].flatMap(([namespace, words]) => {
    const file = messageFile(sides.locale, namespace)
    const other = sides.in.get(namespace)
    if (!other) return [{ file, words: 'is missing: the other language has this file' }]
    return [...words.keys()].filter((key) => !other.has(key)).map((key) => ({ file, words: `${key} is missing` }))
  })
}

function differing(zh: Messages, en: Messages): Finding[] {
  return [...zh].flatMap(([namespace, words]) =>
    [...words].flatMap(([key, chinese]) => {
      const english = en.get(namespace)?.get(key)
      if (english === undefined) return []
      const file = messageFile('en', namespace)
      return differenceOf(chinese, english).map((difference) => ({ file, words: `${key}: ${difference}` }))
    }),
  )
}

function differenceOf(chinese: string, english: string): string[] {
  try {
    const inChinese = [...argumentsOf(chinese)].sort().join(' ')
    const inEnglish = [...argumentsOf(english)].sort().join(' ')
    if (inChinese !== inEnglish) return [`uses ${inEnglish || 'nothing'}, the Chinese ${inChinese || 'nothing'}`]
    return chinese === english && !sameEverywhere.test(english) ? ['is the same in both languages'] : []
  } catch (error) {
    return [`is not a message: ${error instanceof Error ? error.message : error}`]
  }
}

function badWords(locale: CheckedLocale, messages: Messages): Finding[] {
  return [...messages].flatMap(([namespace, words]) =>
    [...words].flatMap(([key, text]) => {
      const fault = locale === 'en' ? faultInEnglish(text) : faultInChinese(text)
      return fault ? [{ file: messageFile(locale, namespace), words: `${key}: ${fault}` }] : []
    }),
  )
}

function faultInEnglish(text: string): string | null {
  if (text.trim() === '') return 'is empty'
  if (han.test(text.replace(chineseNames, ''))) return 'has Chinese words'
  return /[，。；：？！]/u.test(text.replace(chineseNames, '')) ? 'has Chinese punctuation' : null
}

function faultInChinese(text: string): string | null {
  if (text.trim() === '') return 'is empty'
  const bare = text.replace(/\{[^{}]*\}|<[^<>]*>/g, '')
  if (!han.test(text) && !sameEverywhere.test(text)) return 'is not in Chinese'
  return halfWidthAfterHan.test(bare) ? 'has half-width punctuation beside Chinese' : null
}
