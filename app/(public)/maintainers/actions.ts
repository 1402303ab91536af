'use server'

import { headers } from 'next/headers'
import { askToOptOut } from '@/lib/catalog/ask-to-opt-out'
import { optOutInput } from '@/lib/catalog/schema'
import { env } from '@/lib/config/env'
import { createPublicAction, type FormAction } from '@/lib/http/action'
import { clientAddress } from '@/lib/http/client-address'

const ask = createPublicAction({
  name: 'catalog.ask_to_opt_out',
  namespace: 'maintainers',
  schema: optOutInput,
  run: async ({ input, now }) => {
    const address = clientAddress(await headers(), env().TRUSTED_PROXIES)
    const { requestId } = await askToOptOut(input, { now, clientAddress: address })
    return { redirectTo: `/maintainers?request=${requestId}` }
  },
})

export const askToOptOutAction: FormAction = async (state, data) => ask(state, data)
