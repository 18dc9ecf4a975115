/** Where the keyboard goes on when what held the focus is gone: the list of projects. */
export const focusList = (): void =>
  document.querySelector<HTMLElement>('[data-list="projects"]')?.focus()
