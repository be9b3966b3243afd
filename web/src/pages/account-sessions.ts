import { announce, h, type Child } from '../base/dom.ts';
import { dateTime } from '../base/format.ts';
import { refusal } from '../base/forms.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, loading } from '../base/parts.ts';
import { rowMain } from '../base/rows.ts';
import type { StaffLogin } from '../base/staff-login.ts';

// Where one is logged in; each can be ended from here.

interface OwnSession {
  id: string;
  created: string;
  last_seen: string;
  current: boolean;
}

export class SessionList {
  private readonly list = h('div', {}, loading());
  readonly element = h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('account.sessions')),
    h('p', { class: 'mute' }, t('account.sessionsText')),
    this.list,
  );

  constructor(private readonly staff: StaffLogin) {
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      const { sessions } = await get<{ sessions: OwnSession[] }>('/sessions');
      sessions.sort((a, b) => Number(b.current) - Number(a.current) || b.last_seen.localeCompare(a.last_seen));
      this.list.replaceChildren(
        h(
          'ul',
          { class: 'rows', testid: 'sessions' },
          sessions.map((one) => this.row(one)),
        ),
      );
    } catch (error) {
      if (!this.staff.endedBy(error)) this.list.replaceChildren(refusal(error));
    }
  }

  private row({ id, created, last_seen: seen, current }: OwnSession): Child {
    return h(
      'li',
      { 'data-current': String(current) },
      rowMain(current ? t('account.thisDevice') : t('account.otherDevice'), [
        t('account.session', { created: dateTime(created, 'WIB'), seen: dateTime(seen, 'WIB') }),
      ]),
      !current && button(t('account.endSession'), 'secondary', 'end-session', () => void this.end(id)),
    );
  }

  private async end(id: string): Promise<void> {
    try {
      await this.staff.send(`/sessions/${encodeURIComponent(id)}`, undefined, 'DELETE');
      announce(t('account.sessionEnded'));
      await this.load();
    } catch (error) {
      if (!this.staff.endedBy(error)) this.list.prepend(refusal(error));
    }
  }
}
