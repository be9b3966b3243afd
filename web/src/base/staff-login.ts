import type { Session } from './api.ts';
import { h, type Child } from './dom.ts';
import { ApiError, call, get, post } from './http.ts';
import { t } from './i18n.ts';
import { loginScreen } from './login-screen.ts';
import { button, icon, type Fault } from './parts.ts';
import { focusTitle, page } from './shell.ts';

// Who is logged in on a page of the staff. The session itself is a cookie that no script sees.
export class StaffLogin {
  session: Session | null | undefined; // undefined: not yet known
  private said: Fault[] = [];
  private name = '';
  private password: string | null = null; // while the second factor is asked for

  constructor(
    private readonly entered: () => Promise<void>,
    private readonly left: () => void, // forgets what was shown, and draws
  ) {}

  async start(): Promise<void> {
    try {
      this.session = await get<Session>('/session');
    } catch (error) {
      this.session = null;
      const refused = error instanceof ApiError ? error : new ApiError('internal', '');
      if (refused.code !== 'unauthenticated') this.said = [{ field: null, text: refused.text() }];
    }
    if (this.session) await this.entered();
    else this.left();
  }

  screen(): Node {
    return loginScreen({
      said: this.said,
      name: this.name,
      asksCode: this.password !== null,
      logIn: (login, password) => this.logIn(login, password),
      giveCode: (code) => this.enter(this.name, this.password ?? '', code),
      startOver: () => {
        this.password = null;
        this.show();
      },
    }) as Node;
  }

  // What a request that changes something must carry.
  csrf(): Record<string, string> {
    return { 'X-CSRF-Token': this.session?.csrf_token ?? '' };
  }

  // A request that changes something, without a body where none is given.
  send<T>(path: string, body?: unknown, method: 'POST' | 'DELETE' = 'POST'): Promise<T> {
    const headers = this.csrf();
    if (body === undefined) return call<T>(path, { method, headers });
    return call<T>(path, {
      method,
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  }

  end(text: string | null): void {
    this.session = null;
    this.password = null;
    this.said = text ? [{ field: null, text }] : [];
    this.left();
  }

  // True where the session has ended, which is then shown.
  readonly endedBy = (error: unknown): boolean => {
    if (!(error instanceof ApiError) || error.code !== 'unauthenticated') return false;
    this.end(t('login.expired'));
    return true;
  };

  headerEnd(): Child[] {
    if (!this.session) return [];
    const { login, role } = this.session;
    return [
      h(
        'a',
        { class: 'session', href: '/account', testid: 'session' },
        icon('person'),
        h('span', {}, `${login} · ${t(`role.${role as 'supervisor'}`)}`),
      ),
      button(t('login.out'), 'secondary', 'log-out', () => void this.logOut()),
    ];
  }

  private async logIn(login: string, password: string): Promise<void> {
    this.name = login;
    this.said = [];
    try {
      await this.enter(login, password);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'second_factor_needed') throw error;
      this.password = password;
      this.show();
      page().querySelector<HTMLElement>('#code')?.focus();
    }
  }

  private async enter(login: string, password: string, code?: string): Promise<void> {
    this.session = await post<Session>('/session', { login, password, ...(code && { code }) });
    this.password = null;
    await this.entered();
    focusTitle();
  }

  private show(): void {
    page().replaceChildren(this.screen());
    focusTitle();
  }

  private async logOut(): Promise<void> {
    try {
      await call('/session', { method: 'DELETE', headers: this.csrf() });
    } catch {
      // The session ends here in any case; on the service it ends by itself.
    }
    this.end(null);
  }
}
