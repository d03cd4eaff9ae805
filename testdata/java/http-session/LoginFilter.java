package trey;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;

/** Signs users in, and keeps their sign-in in the session. */
public class LoginFilter implements Filter {
    static final String PRINCIPAL = "principal";

    private ConfidentialClientApplication app;

    @Override
    public void init(FilterConfig config) {
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest web = (HttpServletRequest) request;
        if (web.getSession().getAttribute(PRINCIPAL) == null && web.getParameter("code") != null) {
            try {
                signIn(web);
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
        chain.doFilter(request, response);
    }

    private void signIn(HttpServletRequest web) throws Exception {
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        IAuthenticationResult result = app.acquireToken(AuthorizationCodeParameters
            .builder(web.getParameter("code"), URI.create(web.getRequestURL().toString()))
            .scopes(Collections.singleton("https://api.partnercenter.microsoft.com/user_impersonation"))
            .build()).get();
        web.getSession().setAttribute(PRINCIPAL, result);
        web.getSession().setAttribute("locale", "de-CH");
    }

    @Override
    public void destroy() {
    }
}
