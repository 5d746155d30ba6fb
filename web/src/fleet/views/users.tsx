import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { Icon } from '../../ui/icon';
import { hub } from '../api';
import { Ago, Confirm, Failure, Secret } from '../parts';
import type { Role } from '../records';
import { may, me } from '../session';
import { usePolled } from '../use_polled';
import { w } from '../words';

const roles: readonly Role[] = ['viewer', 'operator', 'signer', 'admin'];

function Add({ added }: { added: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const [failure, setFailure] = useState('');
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    setFailure('');
    setMade(null);
    try {
      const { token } = await hub.addUser(name, role);
      setMade({ name, token });
      setName('');
      added();
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <section class="card">
      <h2>{w('add_user')}</h2>
      <form class="form" onSubmit={(event) => void add(event)}>
        <label>
          {w('user')}
          <input required pattern="[A-Za-z0-9_\-]{1,64}" value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label>
          {w('role')}
          <select value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
            {roles.map((one) => <option key={one} value={one}>{w(`role_${one}`)}: {w(`role_${one}_may`)}</option>)}
          </select>
        </label>
        <p><button type="submit" class="button"><Icon name="plus" />{w('add')}</button></p>
      </form>
      <Failure failure={failure} />
      <div role="status">
        {made && <><p>{w('user_token', { name: made.name })}</p><Secret text={made.token} /></>}
      </div>
    </section>
  );
}

export function UsersView() {
  const { value, failure, reload } = usePolled(hub.users, 15_000, []);
  const [leaving, setLeaving] = useState('');
  return (
    <section class="page stack">
      <h1>{w('nav_users')}</h1>
      <Failure failure={value ? null : failure} />
      {!value && !failure && <p class="quiet" aria-busy="true">{t('loading')}</p>}
      {value && (
        <section class="card">
          <table class="table">
            <thead>
              <tr><th scope="col">{w('user')}</th><th scope="col">{w('role')}</th><th scope="col">{w('since')}</th><th scope="col"><span class="hidden">{w('remove')}</span></th></tr>
            </thead>
            <tbody>
              {value.map((user) => (
                <tr key={user.name}>
                  <th scope="row">{user.name}</th>
                  <td>{w(`role_${user.role}`)}</td>
                  <td><Ago at={user.at} /></td>
                  <td>
                    {user.name !== me.value?.name && may('users.remove') && (
                      <button type="button" class="icon-button" aria-label={`${w('remove')}: ${user.name}`} onClick={() => setLeaving(user.name)}><Icon name="trash" /></button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {may('users.add') && <Add added={reload} />}
      {leaving && (
        <Confirm
          title={w('remove')} text={w('remove_ask', { name: leaving })} button={w('remove')} onClose={() => setLeaving('')}
          act={async () => { await hub.removeUser(leaving); reload(); }}
        />
      )}
    </section>
  );
}
