import { escapeHtml, renderPage } from '../http/page'
import type { IdentityPerson } from './people'
import { searchPeople } from './people'
import type { IdentityLocale, IdentityWords } from './words'
import { IDENTITY_WORDS } from './words'

const SHOWN_RESULTS = 50
const SHOWN_PER_GROUP = 12

export type ChoicePage = {
  locale: IdentityLocale
  universityName: string
  people: readonly IdentityPerson[]
  query: string
}

/** The page where one picks who to be; every choice is a plain form button named `person`. */
export function renderChoicePage(page: ChoicePage): string {
  const words = IDENTITY_WORDS[page.locale]
  const body = `
<h1>${escapeHtml(page.universityName)} · ${words.title}</h1>
<p>${words.choose}${page.locale === 'en' ? '. ' : '。'}${words.sandboxNote}</p>
<form class="search" method="get" role="search">
<label class="hidden" for="q">${words.search}</label>
<input id="q" name="q" type="search" maxlength="100" placeholder="${words.search}" value="${escapeHtml(page.query)}">
<button>${words.searchButton}</button>
</form>
<form method="post">
${page.query.trim() === '' ? renderGroups(page, words) : renderResults(page, words)}
<button class="cancel" name="cancel" value="1">${words.cancel}</button>
</form>`
  return renderPage(page.locale, `${page.universityName} · ${words.title}`, body)
}

function renderGroups(page: ChoicePage, words: IdentityWords): string {
  const main = page.people.filter((person) => person.main)
  const groups: [string, IdentityPerson[]][] = [
    [words.student, main.filter((person) => isOnly(person, 'student'))],
    [words.reviewer, main.filter((person) => isOnly(person, 'reviewer'))],
    [words.admin, main.filter((person) => isOnly(person, 'admin'))],
    [words.several, main.filter((person) => person.roles.length > 1)],
  ]
  const others = main.length < page.people.length ? `<p>${words.others}</p>` : ''
  const lists = groups
    .filter(([, people]) => people.length > 0)
    .map(([title, people]) => `<h2>${title}</h2>${renderPeople(people.slice(0, SHOWN_PER_GROUP))}`)
  return others + lists.join('')
}

function isOnly(person: IdentityPerson, role: IdentityPerson['roles'][number]): boolean {
  return person.roles.length === 1 && person.roles[0] === role
}

function renderResults(page: ChoicePage, words: IdentityWords): string {
  const found = searchPeople(page.people, page.query)
  if (found.length === 0) return `<h2>${words.results}</h2><p>${words.noResults}</p>`
  const more = found.length > SHOWN_RESULTS ? `<p>${words.more}</p>` : ''
  return `<h2>${words.results}</h2>${renderPeople(found.slice(0, SHOWN_RESULTS))}${more}`
}

function renderPeople(people: readonly IdentityPerson[]): string {
  const items = people.map((person) => {
    const where = [person.department, person.className ?? person.programme].filter((text) => text !== null).join(' · ')
    return `<li><button class="person" name="person" value="${escapeHtml(person.key)}" data-number="${escapeHtml(person.number)}"><strong>${escapeHtml(person.name)}</strong><span>${escapeHtml(person.number)}</span><span>${escapeHtml(where)}</span></button></li>`
  })
  return `<ul>${items.join('')}</ul>`
}
