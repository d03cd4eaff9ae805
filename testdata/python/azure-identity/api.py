import asyncio

import aiohttp
import httpx
from azure.identity import get_bearer_token_provider
from azure.identity.aio import DefaultAzureCredential

import credentials
from credentials import SCOPE

API = "https://api.partnercenter.microsoft.com/v1"


def customers():
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    token = credentials.password().get_token(SCOPE).token
    with httpx.Client(base_url=API, headers={"Authorization": f"Bearer {token}"}) as client:
        # pcmfa: call verdict=blocked from=ropc
        return client.get("/customers").json()


def rates():
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    provider = get_bearer_token_provider(credentials.application(), SCOPE)
    # pcmfa: call verdict=exempt from=client-credentials
    return httpx.get(API + "/ratecards/azure", headers={"Authorization": "Bearer " + provider()})


async def profiles():
    # pcmfa: acquisition flow=interactive verdict=capable pc=yes
    token = credentials.browser().get_token(SCOPE)
    headers = {"Authorization": "Bearer " + token.token}
    async with aiohttp.ClientSession(headers=headers) as session:
        # pcmfa: call verdict=capable from=interactive
        async with session.get(API + "/profiles/mpn") as response:
            return await response.json()


async def subscriptions():
    credential = DefaultAzureCredential()
    # pcmfa: decoy
    token = await credential.get_token("https://management.azure.com/.default")
    async with aiohttp.ClientSession() as session:
        # pcmfa: decoy
        answer = await session.get("https://management.azure.com/subscriptions", headers={"Authorization": token.token})
        return await answer.json()


def picture():
    # pcmfa: decoy
    return httpx.get("https://contoso.example/logo.png").content


if __name__ == "__main__":
    customers()
    asyncio.run(profiles())
