import { phoneLink } from '../ui/phone.ts'

/** A person with a number to call where one is known. */
export function PersonLine({ name, phone }: { name: string; phone: string | null }) {
  return (
    <span className="person-line">
      {name}
      {phone && (
        <a href={phoneLink(phone)} className="figure">
          {phone}
        </a>
      )}
    </span>
  )
}
