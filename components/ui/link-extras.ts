/** What a link may carry beside its address; the same for a router link and a plain anchor. */
export type LinkExtras = {
  id?: string
  className?: string
  lang?: string
  rel?: string
  title?: string
  download?: string | boolean
  'aria-label'?: string
  'aria-describedby'?: string
}
