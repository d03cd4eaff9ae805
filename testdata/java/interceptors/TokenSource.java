package northwind;

import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import java.util.Collections;

public class TokenSource {
    private final PublicClientApplication app;
    private final String user;
    private final char[] password;

    public TokenSource(PublicClientApplication app, String user, char[] password) {
        this.app = app;
        this.user = user;
        this.password = password;
    }

    String token() {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        return app.acquireToken(UserNamePasswordParameters
            .builder(Collections.singleton("https://api.partnercenter.microsoft.com/.default"), user, password).build()).join().accessToken();
    }
}
