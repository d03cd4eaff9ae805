package contoso.portal;

import com.microsoft.aad.adal4j.AuthenticationContext;
import com.microsoft.aad.adal4j.AuthenticationResult;
import com.microsoft.aad.adal4j.ClientCredential;

import java.net.URI;

/** Signs visitors in; keeps nothing. */
public class PortalServlet {
    public String answer(AuthenticationContext context, ClientCredential credential, String code, URI redirect)
            throws Exception {
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=unknown ; finding retired-library
        AuthenticationResult result = context.acquireTokenByAuthorizationCode(code, redirect, credential, null).get();
        return result.getUserInfo().getDisplayableId();
    }
}
