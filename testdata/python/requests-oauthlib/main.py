from sessions import PARTNER, as_app, as_user

user = as_user("app", "admin@contoso.com", "correct horse")
# pcmfa: call verdict=blocked from=ropc
print(user.get(PARTNER + "/v1/customers").json())

app = as_app("app", "secret")
# pcmfa: call verdict=exempt from=client-credentials
print(app.get(PARTNER + "/v1/invoices").json())
