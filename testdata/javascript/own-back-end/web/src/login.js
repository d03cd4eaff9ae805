// Sends what the user types to the own server; what that does with it is not seen here.
export async function customers(form) {
  // pcmfa: decoy
  const response = await fetch('/api/partner/customers', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: form.username.value, password: form.password.value }),
  });
  return response.json();
}
