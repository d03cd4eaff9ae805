'use strict';

const fs = require('fs');
const { redis, toFile, toRedis } = require('./login');

const api = 'https://api.partnercenter.microsoft.com/v1';

async function customers() {
  const { token } = JSON.parse(fs.readFileSync('token.json', 'utf8'));
  // pcmfa: call verdict=blocked from=ropc
  return fetch(`${api}/customers`, { headers: { Authorization: `Bearer ${token}` } });
}

async function invoices() {
  const token = await redis.get('partner-token');
  // pcmfa: call verdict=capable from=device-code
  return fetch(`${api}/invoices`, { headers: { Authorization: `Bearer ${token}` } });
}

async function weather() {
  const { key } = JSON.parse(fs.readFileSync('weather.json', 'utf8'));
  // pcmfa: decoy
  return fetch('https://weather.example/v1/customers', { headers: { Authorization: `Bearer ${key}` } });
}

module.exports = { customers, invoices, weather, toFile, toRedis };
