// Key Vault by its REST API: no library is needed in a worker.
const base = process.env.VAULT_URL;

async function read(name, bearer) {
  const answer = await fetch(`${base}/secrets/partner-refresh?api-version=7.4`, { headers: { Authorization: bearer } });
  return (await answer.json()).value;
}

async function keep(tokens, bearer) {
  await fetch(`${base}/secrets/partner-refresh?api-version=7.4`, {
    method: 'PUT',
    headers: { Authorization: bearer, 'Content-Type': 'application/json' },
    body: JSON.stringify({ value: tokens.refresh_token }),
  });
}

module.exports = { read, keep };
