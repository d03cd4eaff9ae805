package com.example.sync;

import com.microsoft.aad.adal4j.AuthenticationContext;
import com.microsoft.aad.adal4j.AuthenticationResult;
import com.microsoft.aad.adal4j.ClientCredential;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asks Azure AD for tokens; the resource is the caller's business. */
public class Tokens {
    private final String clientId = System.getenv("CLIENT_ID");
    private final ExecutorService service = Executors.newSingleThreadExecutor();

    public AuthenticationResult forUser(String resource, String user, String password) throws Exception {
        AuthenticationContext context = new AuthenticationContext("https://login.windows.net/common", true, service);
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
        return context.acquireToken(resource, clientId, user, password, null).get();
    }

    public AuthenticationResult renewed(String resource, String refreshToken) throws Exception {
        AuthenticationContext context = new AuthenticationContext("https://login.windows.net/common", true, service);
        ClientCredential app = new ClientCredential(clientId, System.getenv("CLIENT_SECRET"));
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        return context.acquireTokenByRefreshToken(refreshToken, app, resource, null).get();
    }

    public AuthenticationResult forMail(String refreshToken) throws Exception {
        AuthenticationContext context = new AuthenticationContext("https://login.windows.net/common", true, service);
        // pcmfa: decoy
        return context.acquireToken("https://graph.microsoft.com", clientId, "mail@example.com", refreshToken, null).get();
    }
}
