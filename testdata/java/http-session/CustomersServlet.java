package trey;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

public class CustomersServlet extends HttpServlet {
    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        IAuthenticationResult principal = (IAuthenticationResult) session.getAttribute(LoginFilter.PRINCIPAL);
        HttpRequest customers = HttpRequest.newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/customers"))
            .header("Authorization", "Bearer " + principal.accessToken())
            .build();
        try {
            // pcmfa: call verdict=capable from=authorization-code
            response.getWriter().write(http.send(customers, BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String locale = (String) request.getSession().getAttribute("locale");
        HttpRequest offers = HttpRequest.newBuilder(URI.create("https://api.partnercenter.microsoft.com/v1/offers"))
            .header("Accept-Language", locale)
            .build();
        try {
            // The locale is no token.
            // pcmfa: call verdict=unresolved ; finding unresolved-token
            response.getWriter().write(http.send(offers, BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String weather() throws Exception {
        // pcmfa: decoy
        return http.send(HttpRequest.newBuilder(URI.create("https://weather.example/v1/customers")).build(), BodyHandlers.ofString()).body();
    }
}
