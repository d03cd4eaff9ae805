import { useMsal } from '@azure/msal-react';
import React, { useState } from 'react';
import { environment } from './environment';

// The look-alike of an acquisition: a function of one's own.
const loginPopup = { acquireTokenPopup: (name: string) => name };

export const Invoices: React.FC<{ title: string }> = ({ title }) => {
  const { instance, accounts } = useMsal();
  const [invoices, setInvoices] = useState<unknown[]>([]);

  const load = async () => {
    const request = { scopes: [environment.partnerApi + '/user_impersonation'], account: accounts[0] };
    // pcmfa: acquisition flow=interactive verdict=capable pc=yes
    const { accessToken } = await instance.acquireTokenPopup(request);
    // pcmfa: call verdict=capable from=interactive
    const response = await fetch(environment.partnerApi + '/v1/invoices', {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    setInvoices((await response.json()).items);
  };

  // pcmfa: decoy
  loginPopup.acquireTokenPopup(title);
  return (
    <section>
      <h1>{title}</h1>
      <button onClick={load}>Load</button>
      {invoices.length > 0 && <List items={invoices} />}
    </section>
  );
};

const List = ({ items }: { items: unknown[] }) => <p>{items.length}</p>;
