import os

from azure.identity import ClientSecretCredential, InteractiveBrowserCredential, UsernamePasswordCredential

SCOPE = "https://api.partnercenter.microsoft.com/.default"


def password():
    return UsernamePasswordCredential(
        os.environ["CLIENT_ID"],
        username=os.environ["PARTNER_USER"],
        password=os.environ["PARTNER_PASSWORD"],
    )


def application():
    return ClientSecretCredential(os.environ["TENANT_ID"], os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])


def browser():
    return InteractiveBrowserCredential(tenant_id=os.environ["TENANT_ID"])
