package lucerne;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

public class Reports {
    private static final String API = "https://api.partnercenter.microsoft.com/v1/";
    private final HttpClient http = HttpClient.newHttpClient();

    /** Our own builder of requests. */
    static class Call {
        private String path;
        private String token;

        Call to(String path) {
            this.path = path;
            return this;
        }

        Call as(String token) {
            this.token = token;
            return this;
        }

        HttpRequest build() {
            return HttpRequest.newBuilder(URI.create(API + path)).header("Authorization", "Bearer " + token).build();
        }
    }

    String customers(String user, char[] password) throws Exception {
        SignIn.Grant grant = SignIn.instance().record(user, password);
        HttpRequest request = new Call().to("customers").as(grant.access()).build();
        // pcmfa: call verdict=blocked from=ropc
        return http.send(request, BodyHandlers.ofString()).body();
    }

    String invoices() throws Exception {
        return SignIn.instance().later().thenCompose(token -> {
            HttpRequest request = HttpRequest.newBuilder(URI.create(API + "invoices")).header("Authorization", "Bearer " + token).build();
            // pcmfa: call verdict=capable from=interactive
            return http.sendAsync(request, BodyHandlers.ofString());
        }).get().body();
    }

    String agreements(String user, char[] password) throws Exception {
        Map.Entry<String, Long> pair = SignIn.instance().pair(user, password);
        HttpRequest request = HttpRequest.newBuilder(URI.create(API + "agreements")).header("Authorization", "Bearer " + pair.getKey()).build();
        // pcmfa: call verdict=blocked from=ropc
        return http.send(request, BodyHandlers.ofString()).body();
    }

    String offers(String tenant, String user, char[] password) throws Exception {
        if (!SignIn.BY_TENANT.containsKey(tenant)) {
            SignIn.instance().fill(tenant, user, password);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(API + "offers")).header("Authorization", "Bearer " + SignIn.BY_TENANT.get(tenant)).build();
        // pcmfa: call verdict=blocked from=ropc
        return http.send(request, BodyHandlers.ofString()).body();
    }

    String mpn() throws Exception {
        String token = SignIn.instance().maybe().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(API + "profiles/mpn")).header("Authorization", "Bearer " + token).build();
        // pcmfa: call verdict=capable from=interactive
        return http.send(request, BodyHandlers.ofString()).body();
    }

    String weather(String user, char[] password) throws Exception {
        SignIn.Grant grant = SignIn.instance().record(user, password);
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://weather.example/v1/customers?until=" + grant.until())).build();
        // pcmfa: decoy
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
