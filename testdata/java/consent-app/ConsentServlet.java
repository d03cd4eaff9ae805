package contoso.consent;

import contoso.vault.SecretStore;
import com.microsoft.aad.adal4j.AuthenticationContext;
import com.microsoft.aad.adal4j.AuthenticationResult;
import com.microsoft.aad.adal4j.ClientCredential;

import java.net.URI;
import java.util.concurrent.Future;

/** An administrator consents once; what comes of it lies in the vault under the tenant's name. */
public class ConsentServlet {
    private final AuthenticationContext context;
    private final ClientCredential credential;
    private final SecretStore vault;

    public ConsentServlet(AuthenticationContext context, ClientCredential credential, SecretStore vault) {
        this.context = context;
        this.credential = credential;
        this.vault = vault;
    }

    public void answer(String code, URI redirect) throws Exception {
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes ; finding retired-library
        Future<AuthenticationResult> future = context.acquireTokenByAuthorizationCode(code, redirect, credential, null);
        AuthenticationResult result = future.get();
        vault.keep(result.getUserInfo().getTenantId(), result.getRefreshToken());
    }
}
