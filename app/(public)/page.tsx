import { getTranslations } from 'next-intl/server'
import { CreditSlip } from '@/components/figures/credit-slip'
import { PublicShell } from '@/components/shell/public-shell'
import { LinkButton } from '@/components/ui/button'
import { Icon, type IconName } from '@/components/ui/icon'

const STEPS = ['one', 'two', 'three'] as const
const READERS = ['student', 'reviewer', 'office'] as const
const GROUND: readonly { key: 'identity' | 'person' | 'arithmetic' | 'privacy'; icon: IconName }[] = [
  { key: 'identity', icon: 'shield' },
  { key: 'person', icon: 'stamp' },
  { key: 'arithmetic', icon: 'hash' },
  { key: 'privacy', icon: 'eye' },
]

/** Both columns hang from the top: centred ones would move while the page is still arriving. */
async function Hero() {
  const t = await getTranslations('landing')
  return (
    <section className="mx-auto grid max-w-6xl items-start gap-10 px-4 py-12 sm:px-6 lg:grid-cols-[1.05fr_1fr] lg:gap-14 lg:py-20">
      <div className="min-w-0 lg:pt-12">
        <h1 className="font-semibold font-serif text-[2.25rem] leading-tight sm:text-5xl">{t('title')}</h1>
        <p className="mt-5 max-w-xl text-ink-soft text-lg">{t('lead')}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <LinkButton href="/sign-in" variant="primary">
            {t('signIn')}
          </LinkButton>
          <LinkButton href="#how">{t('how')}</LinkButton>
        </div>
      </div>
      <CreditSlip />
    </section>
  )
}

async function Quotation() {
  const t = await getTranslations('landing.quote')
  return (
    <section className="border-line border-y bg-wash/60">
      <figure className="mx-auto max-w-4xl px-4 py-10 text-center sm:px-6">
        <blockquote className="font-serif text-xl leading-relaxed sm:text-2xl">
          <p>{t('text')}</p>
        </blockquote>
        <figcaption className="mt-4 text-ink-soft text-sm">
          {t('source')}
          <span className="block text-ink-faint">{t('label')}</span>
        </figcaption>
      </figure>
    </section>
  )
}

async function Steps() {
  const t = await getTranslations('landing.steps')
  return (
    <section id="how" className="mx-auto max-w-6xl scroll-mt-6 px-4 py-14 sm:px-6">
      <h2 className="font-semibold font-serif text-2xl">{t('title')}</h2>
      <ol className="mt-6 grid gap-8 md:grid-cols-3">
        {STEPS.map((step, index) => (
          <li key={step} className="border-ink border-t-2 pt-4">
            <p aria-hidden="true" className="font-serif text-3xl text-cinnabar leading-none">
              {index + 1}
            </p>
            <h3 className="mt-3 font-semibold text-lg">{t(`${step}.title`)}</h3>
            <p className="mt-1 text-ink-soft">{t(`${step}.text`)}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

async function Readers() {
  const t = await getTranslations('landing.who')
  return (
    <section className="border-line border-t bg-sheet">
      <div className="mx-auto max-w-6xl px-4 py-14 sm:px-6">
        <h2 className="font-semibold font-serif text-2xl">{t('title')}</h2>
        <dl className="mt-6 grid gap-8 md:grid-cols-3">
          {READERS.map((reader) => (
            <div key={reader}>
              <dt className="font-semibold text-lg">{t(`${reader}.title`)}</dt>
              <dd className="mt-1 text-ink-soft">{t(`${reader}.text`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  )
}

async function Ground() {
  const t = await getTranslations('landing.ground')
  return (
    <section className="border-line border-t">
      <div className="mx-auto max-w-6xl px-4 py-14 sm:px-6">
        <h2 className="font-semibold font-serif text-2xl">{t('title')}</h2>
        <dl className="mt-6 grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-4">
          {GROUND.map(({ key, icon }) => (
            <div key={key}>
              <dt className="flex items-center gap-2 font-semibold">
                <Icon name={icon} className="size-4 text-cinnabar" />
                {t(`${key}.title`)}
              </dt>
              <dd className="mt-1 text-[0.9375rem] text-ink-soft">{t(`${key}.text`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  )
}

/** What it is, for whom, and how it goes; the way to the sign-in. */
export default function LandingPage() {
  return (
    <PublicShell>
      <Hero />
      <Quotation />
      <Steps />
      <Readers />
      <Ground />
    </PublicShell>
  )
}
