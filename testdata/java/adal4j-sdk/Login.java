package com.example.sync;

import com.microsoft.aad.adal4j.AuthenticationResult;
import com.microsoft.store.partnercenter.AuthenticationToken;
import com.microsoft.store.partnercenter.IAadLoginHandler;
import org.joda.time.DateTime;

/** Signs the user in for the SDK, and again when the token runs out. */
public class Login implements IAadLoginHandler {
    private final Tokens tokens = new Tokens();
    private final String user;
    private final String password;

    public Login(String user, String password) {
        this.user = user;
        this.password = password;
    }

    @Override
    public AuthenticationToken authenticate() {
        try {
            AuthenticationResult result = tokens.forUser("https://api.partnercenter.microsoft.com", user, password);
            return new AuthenticationToken(result.getAccessToken(), new DateTime(result.getExpiresOnDate()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
