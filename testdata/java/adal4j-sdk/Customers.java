package com.example.sync;

import com.microsoft.store.partnercenter.AuthenticationToken;
import com.microsoft.store.partnercenter.IAadLoginHandler;
import com.microsoft.store.partnercenter.IAggregatePartner;
import com.microsoft.store.partnercenter.IPartnerCredentials;
import com.microsoft.store.partnercenter.PartnerService;
import com.microsoft.store.partnercenter.extensions.PartnerCredentials;
import com.microsoft.store.partnercenter.models.customers.Customer;
import com.microsoft.store.partnercenter.subscriptions.ISubscriptionCollection;
import org.joda.time.DateTime;

public class Customers {
    private IAggregatePartner asUser;

    IAggregatePartner user() {
        if (asUser == null) {
            Login login = new Login(System.getProperty("user"), System.getProperty("password"));
            // pcmfa: call verdict=blocked from=ropc
            IPartnerCredentials credentials = PartnerCredentials.getInstance()
                .generateByUserCredentials(System.getenv("CLIENT_ID"), login.authenticate(), login);
            asUser = PartnerService.getInstance().createPartnerOperations(credentials);
        }
        return asUser;
    }

    IAggregatePartner consented(String refreshToken) throws Exception {
        var result = new Tokens().renewed("https://api.partnercenter.microsoft.com", refreshToken);
        AuthenticationToken token = new AuthenticationToken(result.getAccessToken(), new DateTime(result.getExpiresOnDate()));
        // pcmfa: call verdict=capable from=refresh-token
        IPartnerCredentials credentials = PartnerCredentials.getInstance()
            .generateByUserCredentials(System.getenv("CLIENT_ID"), token, () -> token);
        return PartnerService.getInstance().createPartnerOperations(credentials);
    }

    IAggregatePartner app() {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        IPartnerCredentials credentials = PartnerCredentials.getInstance()
            .generateByApplicationCredentials("id", System.getenv("APP_SECRET"), "contoso.onmicrosoft.com");
        return PartnerService.getInstance().createPartnerOperations(credentials);
    }

    void list() {
        // pcmfa: call verdict=blocked from=ropc
        for (Customer customer : user().getCustomers().get().getItems()) {
            // pcmfa: call verdict=blocked from=ropc
            user().getCustomers().byId(customer.getId()).getSubscriptions().get();
        }
    }

    void suspend(String refreshToken, String customer, String subscription) throws Exception {
        ISubscriptionCollection subscriptions = consented(refreshToken).getCustomers().byId(customer).getSubscriptions();
        // pcmfa: call verdict=capable from=refresh-token
        var current = subscriptions.byId(subscription).get();
        // pcmfa: call verdict=capable from=refresh-token
        subscriptions.byId(subscription).patch(current);
    }

    void invoices() {
        // pcmfa: call verdict=exempt from=client-credentials
        app().getInvoices().getSummary().get();
    }

    /** Names of the SDK on something else. */
    void mail(MailCredentials mail) {
        // pcmfa: decoy
        mail.generateByApplicationCredentials("id", "secret", "contoso.com");
    }

    /** A customer base of our own, with names like the SDK's. */
    void decoy(CustomerBase base) {
        // pcmfa: decoy
        base.getCustomers().get();
    }
}

interface CustomerBase {
    java.util.function.Supplier<String> getCustomers();
}

interface MailCredentials {
    void generateByApplicationCredentials(String id, String secret, String domain);
}
