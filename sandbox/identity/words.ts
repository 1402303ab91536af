/** The sign-in page's words, in the two languages of the app. */
export const IDENTITY_WORDS = {
  'zh-CN': {
    title: '统一身份认证',
    choose: '选择一个身份登录',
    sandboxNote: '这是演示用的校园身份认证，不需要密码。',
    search: '搜索姓名、学号或学院',
    searchButton: '搜索',
    results: '搜索结果',
    noResults: '没有找到匹配的人。请换一个姓名、学号或学院试试。',
    more: '结果较多，只显示前 50 位，请输入更多字。',
    others: '还有更多人，请搜索。',
    admin: '管理员（教务处）',
    reviewer: '教师（审核人）',
    student: '学生',
    several: '多重身份',
    cancel: '取消登录',
    expiredTitle: '登录已过期',
    expired: '这次登录已经结束或已过期，请回到应用重新登录。',
    errorTitle: '登录请求有误',
    signedOutTitle: '已退出登录',
    signedOut: '你已退出统一身份认证。',
  },
  en: {
    title: 'Single sign-on',
    choose: 'Choose who to sign in as',
    sandboxNote: 'This is the demo of a campus sign-in. There is no password.',
    search: 'Search by name, number or college',
    searchButton: 'Search',
    results: 'Search results',
    noResults: 'Nobody found. Try another name, number or college.',
    more: 'Many people match; only the first 50 are shown. Type more.',
    others: 'There are more people: search for them.',
    admin: 'Administrators (academic affairs)',
    reviewer: 'Professors (reviewers)',
    student: 'Students',
    several: 'More than one role',
    cancel: 'Cancel sign-in',
    expiredTitle: 'Sign-in expired',
    expired: 'This sign-in has ended or expired. Go back to the app and sign in again.',
    errorTitle: 'This sign-in request is not valid',
    signedOutTitle: 'Signed out',
    signedOut: 'You are signed out of the campus sign-in.',
  },
} as const

export type IdentityLocale = keyof typeof IDENTITY_WORDS
export type IdentityWords = (typeof IDENTITY_WORDS)[IdentityLocale]

/** Picks a language: `ui_locales` of the request wins over Accept-Language; zh-CN where neither says. */
export function pickLocale(uiLocales: string | undefined, acceptLanguage: string | undefined): IdentityLocale {
  const wishes = [...(uiLocales ?? '').split(/\s+/), ...rankedLanguages(acceptLanguage ?? '')]
  for (const wish of wishes) {
    if (/^zh\b/i.test(wish)) return 'zh-CN'
    if (/^en\b/i.test(wish)) return 'en'
  }
  return 'zh-CN'
}

function rankedLanguages(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { tag, quality: quality === undefined ? 1 : Number(quality.trim().slice(2)) }
    })
    .sort((left, right) => right.quality - left.quality)
    .map(({ tag }) => tag)
}
