from adal import AuthenticationContext

PARTNER = "https://api.partnercenter.microsoft.com"
context = AuthenticationContext("https://login.microsoftonline.com/contoso.onmicrosoft.com")


def user_token(user, password, client_id):
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
    return context.acquire_token_with_username_password(PARTNER, user, password, client_id)["accessToken"]


def app_token(client_id, secret, resource=PARTNER):
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    return context.acquire_token_with_client_credentials(resource, client_id, secret)["accessToken"]


def device_token(client_id):
    code = context.acquire_user_code(PARTNER, client_id)
    print(code["message"])
    # pcmfa: acquisition flow=device-code verdict=capable pc=yes
    return context.acquire_token_with_device_code(PARTNER, code, client_id)["accessToken"]


def mail_token(user, password, client_id):
    # pcmfa: decoy
    return context.acquire_token_with_username_password("https://graph.microsoft.com", user, password, client_id)
