package contoso.sync;

import com.azure.security.keyvault.secrets.SecretClient;
import com.microsoft.aad.adal4j.AuthenticationContext;
import com.microsoft.aad.adal4j.AuthenticationResult;
import com.microsoft.aad.adal4j.ClientCredential;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A job of another project: redeems what the consent left in the vault. */
public class Sync {
    private static final String PARTNER = "https://api.partnercenter.microsoft.com";

    private final HttpClient http = HttpClient.newHttpClient();

    public String customers(SecretClient vault, AuthenticationContext context, ClientCredential credential, String tenant)
            throws Exception {
        String kept = vault.getSecret(tenant).getValue();
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding retired-library
        AuthenticationResult result = context.acquireTokenByRefreshToken(kept, credential, PARTNER, null).get();
        HttpRequest request = HttpRequest.newBuilder(URI.create(PARTNER + "/v1/customers"))
            .header("Authorization", "Bearer " + result.getAccessToken())
            .build();
        // pcmfa: call verdict=capable from=refresh-token
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
