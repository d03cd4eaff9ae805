package contoso;

import com.microsoft.aad.adal4j.AuthenticationContext;
import com.microsoft.aad.adal4j.AuthenticationResult;
import com.microsoft.aad.adal4j.ClientCredential;

public class Tokens {
    private final AuthenticationContext context;

    public Tokens(AuthenticationContext context) {
        this.context = context;
    }

    /** Left over: nothing here calls it, so it asks for nothing. */
    public AuthenticationResult forApplication(String resource, String id, String secret) throws Exception {
        // pcmfa: decoy
        return context.acquireToken(resource, new ClientCredential(id, secret), null).get();
    }

    public AuthenticationResult forUser(String resource, String id, String user, String password) throws Exception {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
        return context.acquireToken(resource, id, user, password, null).get();
    }

    /** Nothing calls it either, but what it would do is not harmless. */
    public AuthenticationResult forOther(String resource, String id, String user, String password) throws Exception {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=unknown ; finding password-grant
        return context.acquireToken(resource, id, user, password, null).get();
    }
}
