import { Configuration, ProductApi } from '@contoso/ingestion-client';
import { partnerToken } from './tokens';

export async function products() {
  const api = new ProductApi(new Configuration({ accessToken: await partnerToken() }));
  // pcmfa: call verdict=exempt from=client-credentials
  const all = await api.productsGet();
  return all.value;
}

export async function remove(id: string) {
  const api = new ProductApi(new Configuration({ accessToken: await partnerToken() }));
  // pcmfa: call verdict=exempt from=client-credentials
  await api.productsProductIdDelete({ productId: id });
}

export async function shops() {
  const api = new ProductApi(new Configuration({ accessToken: process.env.SHOP_KEY }));
  // pcmfa: decoy
  return api.productsGet();
}
