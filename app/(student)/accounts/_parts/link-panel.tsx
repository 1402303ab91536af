import { getTranslations } from 'next-intl/server'
import { ConsentText } from '@/app/(student)/accounts/_parts/consent-text'
import { Details } from '@/components/ui/details'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { LINKING_CONSENT_VERSION } from '@/lib/accounts/consent'
import { listOfferedPlatforms } from '@/lib/accounts/list-offered-platforms'
import { platformName } from '@/lib/domain/platform'

/** The way to a platform, under what it means. For the first account the text stands open. */
export async function LinkPanel({ first }: { first: boolean }) {
  const t = await getTranslations('accounts')
  return (
    <Panel title={first ? t('empty.title') : t('add.titleMore')} lead={first ? t('empty.text') : t('add.lead')}>
      <div className="space-y-4">
        {first ? (
          <div>
            <h3 className="mb-2 font-medium">{t('consent.title')}</h3>
            <ConsentText />
          </div>
        ) : (
          <Details summary={t('consent.title')}>
            <ConsentText />
          </Details>
        )}
        <div className="flex flex-wrap gap-3">
          {listOfferedPlatforms().map((platform) => (
            <form key={platform} action={`/api/link/${platform}/start`} method="post">
              <input type="hidden" name="consentVersion" value={LINKING_CONSENT_VERSION} />
              <SubmitButton variant={first ? 'primary' : 'secondary'}>
                {t('add.agree', { platform: platformName(platform) })}
              </SubmitButton>
            </form>
          ))}
        </div>
        <p className="max-w-prose text-ink-faint text-sm">{t('add.note')}</p>
      </div>
    </Panel>
  )
}
