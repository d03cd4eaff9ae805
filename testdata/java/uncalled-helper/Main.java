package contoso;

import com.microsoft.aad.adal4j.AuthenticationContext;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;

public class Main {
    private static final String PARTNER = "https://api.partnercenter.microsoft.com";

    public static void main(String[] args) throws Exception {
        Tokens tokens = new Tokens(new AuthenticationContext(
            "https://login.microsoftonline.com/common", true, Executors.newSingleThreadExecutor()));
        String token = tokens.forUser(PARTNER, args[0], System.getenv("PARTNER_USER"), System.getenv("PARTNER_PASSWORD"))
            .getAccessToken();
        HttpRequest request = HttpRequest.newBuilder(URI.create(PARTNER + "/v1/customers"))
            .header("Authorization", "Bearer " + token)
            .build();
        // pcmfa: call verdict=blocked from=ropc
        System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
