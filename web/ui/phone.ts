/** The link that dials a number as people write it: spaces, dashes and words left out. */
export const phoneLink = (phone: string): string => `tel:${phone.replaceAll(/[^\d+]/g, '')}`
