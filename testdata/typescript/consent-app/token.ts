export const authority = (tenant: string) => `https://login.microsoftonline.com/${tenant}/oauth2/token`;

export async function exchange(url: string, form: Record<string, string | undefined>) {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form as Record<string, string>) });
  return answer.json();
}
