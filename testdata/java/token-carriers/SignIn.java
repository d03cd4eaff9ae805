package lucerne;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.InteractiveRequestParameters;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import java.net.URI;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Sign-ins whose tokens come back in all sorts of wrapping. */
public final class SignIn {
    static final Map<String, String> BY_TENANT = new ConcurrentHashMap<>();
    private static final Set<String> SCOPES = Collections.singleton("https://api.partnercenter.microsoft.com/user_impersonation");

    private static SignIn instance;

    private final PublicClientApplication app;

    private SignIn(PublicClientApplication app) {
        this.app = app;
    }

    public static synchronized SignIn instance() throws Exception {
        if (instance == null) {
            instance = new SignIn(PublicClientApplication.builder("9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11").build());
        }
        return instance;
    }

    record Grant(String access, long until) {
    }

    Grant record(String user, char[] password) throws Exception {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        IAuthenticationResult result = app.acquireToken(UserNamePasswordParameters.builder(SCOPES, user, password).build()).get();
        return new Grant(result.accessToken(), result.expiresOnDate().getTime());
    }

    CompletableFuture<String> later() {
        // pcmfa: acquisition flow=interactive verdict=capable pc=yes
        return app.acquireToken(InteractiveRequestParameters.builder(URI.create("http://localhost")).scopes(SCOPES).build())
            .thenApply(result -> result.accessToken());
    }

    Map.Entry<String, Long> pair(String user, char[] password) throws Exception {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        IAuthenticationResult result = app.acquireToken(UserNamePasswordParameters.builder(SCOPES, user, password).build()).get();
        return new AbstractMap.SimpleEntry<>(result.accessToken(), result.expiresOnDate().getTime());
    }

    void fill(String tenant, String user, char[] password) throws Exception {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        IAuthenticationResult result = app.acquireToken(UserNamePasswordParameters.builder(SCOPES, user, password).build()).get();
        BY_TENANT.put(tenant, result.accessToken());
    }

    Optional<String> maybe() throws Exception {
        // pcmfa: acquisition flow=interactive verdict=capable pc=yes
        IAuthenticationResult result = app.acquireToken(InteractiveRequestParameters.builder(URI.create("http://localhost")).scopes(SCOPES).build()).join();
        return Optional.ofNullable(result).map(IAuthenticationResult::accessToken);
    }
}
