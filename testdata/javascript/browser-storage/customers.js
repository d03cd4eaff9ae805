export async function customers() {
  const token = localStorage.getItem('partner_token');
  // pcmfa: call verdict=capable from=interactive
  return fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: `Bearer ${token}` } });
}

export async function weather() {
  // pcmfa: decoy
  return fetch('https://weather.example/v1/customers?theme=' + sessionStorage.getItem('theme'));
}
