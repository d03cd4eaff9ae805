import axios, { AxiosRequestConfig } from 'axios';
import { Tokens } from './tokens';

export function clientFor(tokens: Tokens, baseURL: string) {
  const agent = axios.create({ baseURL, timeout: 10000 });
  agent.interceptors.request.use(async (request) => {
    request.headers.authorization = `Bearer ${await tokens.current()}`;
    return request;
  });
  agent.interceptors.response.use(
    (response) => response,
    async (error) => again(error, error.config, tokens),
  );
  return agent;
}

async function again(error: any, request: AxiosRequestConfig, tokens: Tokens) {
  if (error.response?.status !== 401) {
    throw error;
  }
  request.headers = { ...request.headers, authorization: `Bearer ${await tokens.current()}` };
  return axios(request); // pcmfa: call verdict=blocked from=ropc
}

// Nobody at Partner Center hears of this one.
export function weather() {
  const agent = axios.create({ baseURL: 'https://weather.example' });
  agent.interceptors.response.use(undefined, (error) => {
    return axios(error.config); // pcmfa: decoy
  });
  return agent;
}
