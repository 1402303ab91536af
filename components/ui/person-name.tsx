type Props = {
  name: string
  /** 学号 or 工号: text, with its leading zeros. */
  number?: string | null
  department?: string | null
}

/** A person without a picture: the name, and what tells two of the same name apart. */
export function PersonName({ name, number, department }: Props) {
  return (
    <span>
      <bdi>{name}</bdi>
      {number ? <span className="ms-1.5 font-mono text-[0.875em] text-ink-faint">{number}</span> : null}
      {department ? <span className="block text-ink-faint text-sm">{department}</span> : null}
    </span>
  )
}
