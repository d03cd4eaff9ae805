package com.example.usage;

import com.microsoft.aad.adal4j.AuthenticationContext;
import com.microsoft.aad.adal4j.AuthenticationResult;
import com.microsoft.store.partnercenter.AuthenticationToken;
import com.microsoft.store.partnercenter.IAggregatePartner;
import com.microsoft.store.partnercenter.IPartnerCredentials;
import com.microsoft.store.partnercenter.PartnerService;
import com.microsoft.store.partnercenter.extensions.PartnerCredentials;
import java.util.concurrent.Executors;
import org.joda.time.DateTime;

/** Partners of the SDK's first generation, one for the user and one for the application. */
class Operations {
    private static final String API = "https://api.partnercenter.microsoft.com";

    private AuthenticationToken login(String user, String password) {
        try {
            AuthenticationContext context =
                new AuthenticationContext("https://login.windows.net/common", false, Executors.newFixedThreadPool(1));
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
            AuthenticationResult result = context.acquireToken(API, "client", user, password, null).get();
            return new AuthenticationToken(result.getAccessToken(), new DateTime(result.getExpiresOnDate()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    IAggregatePartner asUser(String user, String password) {
        AuthenticationToken token = login(user, password);
        // pcmfa: call verdict=blocked from=ropc
        IPartnerCredentials credentials = PartnerCredentials.getInstance()
            .generateByUserCredentials("client", token, () -> login(user, password));
        return PartnerService.getInstance().createPartnerOperations(credentials);
    }

    IAggregatePartner asApplication(String secret) {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        IPartnerCredentials credentials = PartnerCredentials.getInstance()
            .generateByApplicationCredentials("client", secret, "contoso.onmicrosoft.com", "https://login.windows.net", API);
        return PartnerService.getInstance().createPartnerOperations(credentials);
    }
}
