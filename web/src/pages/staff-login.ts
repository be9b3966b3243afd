import type { Session } from '../base/api.ts';
import type { Child } from '../base/dom.ts';
import { h } from '../base/dom.ts';
import { ApiError, call, get, post } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, icon, type Fault } from '../base/parts.ts';
import { focusTitle, page } from '../base/shell.ts';
import { loginScreen } from './committee-login.ts';

// Who is logged in on a page of the staff. The session itself is a cookie that no script sees.
export class StaffLogin {
  session: Session | null | undefined; // undefined: not yet known
  private faults: Fault[] = [];
  private name = '';

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
      if (refused.code !== 'unauthenticated') this.faults = [{ field: null, text: refused.text() }];
    }
    if (this.session) await this.entered();
    else this.left();
  }

  screen(): Node {
    return loginScreen(this.faults, this.name, (...given) => void this.logIn(...given)) as Node;
  }

  // What a request that changes something must carry.
  csrf(): Record<string, string> {
    return { 'X-CSRF-Token': this.session?.csrf_token ?? '' };
  }

  end(text: string | null): void {
    this.session = null;
    this.faults = text ? [{ field: null, text }] : [];
    this.left();
  }

  // True where the session has ended, which is then shown.
  endedBy(error: unknown): boolean {
    if (!(error instanceof ApiError) || error.code !== 'unauthenticated') return false;
    this.end(t('login.expired'));
    return true;
  }

  headerEnd(): Child[] {
    if (!this.session) return [];
    const { login, role } = this.session;
    return [
      h('span', { class: 'mute', testid: 'session' }, icon('info'), ` ${login} · ${t(`role.${role as 'supervisor'}`)}`),
      button(t('login.out'), 'secondary', 'log-out', () => void this.logOut()),
    ];
  }

  private async logIn(login: string, password: string): Promise<void> {
    this.name = login;
    this.faults = [];
    if (login === '') this.faults.push({ field: 'login', text: t('login.noLogin') });
    if (password === '') this.faults.push({ field: 'password', text: t('login.noPassword') });
    if (this.faults.length === 0) {
      try {
        this.session = await post<Session>('/session', { login, password });
        await this.entered();
        focusTitle();
        return;
      } catch (error) {
        const field = error instanceof ApiError && error.code === 'bad_login' ? 'password' : null;
        this.faults = [{ field, text: error instanceof ApiError ? error.text() : t('error.internal') }];
      }
    }
    this.left();
    page().querySelector<HTMLElement>('[data-testid="error-summary"]')?.focus();
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
