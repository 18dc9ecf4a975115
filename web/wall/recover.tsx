import { Component, type ReactNode } from 'react'
import { ScreenError } from '../shell/screen-state.tsx'

const tryAgainMs = 10_000

/** Catches a part that broke and draws it anew by itself: on a wall nobody presses a button. */
export class Recover extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }
  #timer: ReturnType<typeof setTimeout> | undefined

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override componentDidCatch(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.setState({ error: null }), tryAgainMs)
  }

  override componentWillUnmount(): void {
    clearTimeout(this.#timer)
  }

  override render(): ReactNode {
    return this.state.error === null ? (
      this.props.children
    ) : (
      <ScreenError error={this.state.error} />
    )
  }
}
