import { formatCode, readCode } from '../ballot/code.ts';
import type { Child } from '../base/dom.ts';
import { ApiError, get, postText } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { page } from '../base/shell.ts';
import type { VoteClient } from './vote-protocol.ts';
import { codeFaultText, signInScreen } from './vote-screens.ts';
import { codeInAddress } from './vote-start.ts';

// The voter's code, from the card's link or typed, until the service has taken what proves it. It is dropped then.

interface SignedIn {
  place: { name: string };
  has_voted: boolean;
}

interface SignInOptions {
  uuid: string;
  client: VoteClient;
  draw: () => void;
  done: (answer: SignedIn) => void;
  closed: () => void; // the election's phase has changed meanwhile
}

export class SignIn {
  private code = '';
  private fromLink = false;
  private fault: { text: string; field: boolean } | null = null;
  private busy = false;

  constructor(private readonly options: SignInOptions) {}

  // Whether something of a voter stands in the field.
  get begun(): boolean {
    return this.code !== '';
  }

  forget(): void {
    this.code = '';
    this.fault = null;
  }

  takeFromAddress(): boolean {
    const text = codeInAddress();
    if (text === null) return false;
    this.code = formatCode(text);
    this.fromLink = true;
    return true;
  }

  content(name: string): Child[] {
    return signInScreen({
      name,
      code: this.code,
      fromLink: this.fromLink,
      fault: this.fault,
      busy: this.busy,
      typed: (text) => {
        this.code = text;
        this.fromLink = false;
      },
      submit: () => void this.submit(),
    });
  }

  private async submit(): Promise<void> {
    if (this.busy) return;
    const reading = readCode(this.code);
    if (!reading.ok) {
      this.refuse({ text: codeFaultText(reading.fault), field: true });
      return;
    }
    this.busy = true;
    this.fault = null;
    this.options.draw();
    try {
      const answer = await this.prove(reading.code);
      this.code = '';
      this.busy = false;
      this.options.done(answer);
    } catch (error) {
      this.busy = false;
      if (error instanceof ApiError && error.code === 'wrong_phase') this.options.closed();
      else this.refuse(faultOf(error));
    }
  }

  private async prove(code: string): Promise<SignedIn> {
    const path = `/elections/${this.options.uuid}`;
    const { nonce } = await get<{ nonce: string }>(`${path}/challenge`);
    const { credential, proof } = await this.options.client.ask<'signIn'>({ type: 'signIn', code, nonce });
    const body = `{"credential":"${credential}","nonce":${JSON.stringify(nonce)},"proof":${proof}}`;
    return postText<SignedIn>(`${path}/sign-in`, body);
  }

  private refuse(fault: { text: string; field: boolean }): void {
    this.fault = fault;
    this.options.draw();
    page().querySelector<HTMLElement>('[data-testid="error-summary"]')?.focus();
  }
}

function faultOf(error: unknown): { text: string; field: boolean } {
  if (!(error instanceof ApiError)) return { text: t('error.internal'), field: false };
  if (['unknown_credential', 'invalid_proof'].includes(error.code)) return { text: t('code.unknown'), field: true };
  if (error.code === 'not_permitted') return { text: t('code.elsewhere'), field: false };
  return { text: error.text(), field: false };
}
