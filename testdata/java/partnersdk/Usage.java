package com.example.usage;

import com.microsoft.partnercenter.api.schema.datamodel.AzureMeter;
import com.microsoft.store.partnercenter.products.ISku;
import com.microsoft.store.partnercenter.usage.ISubscriptionUsageRecordCollection;
import java.util.List;

class Usage {
    private final Operations operations = new Operations();

    void print(String customer, String subscription) {
        var partner = operations.asUser(System.getenv("PARTNER_USER"), System.getenv("PARTNER_PASSWORD"));
        ISubscriptionUsageRecordCollection usage =
            partner.getCustomers().byId(customer).getSubscriptions().byId(subscription).getUsageRecords();
        // pcmfa: call verdict=blocked from=ropc
        System.out.println(usage.getDaily().get());
        // pcmfa: call verdict=blocked from=ropc
        System.out.println(usage.getResources().get());
    }

    void downloads(String product, String sku) {
        var partner = operations.asApplication(System.getenv("PARTNER_SECRET"));
        ISku one = partner.getProducts().byCountry("DE").byId(product).getSkus().byId(sku);
        // pcmfa: call verdict=exempt from=client-credentials
        one.getDownloadOptions().get();
    }

    /** Data alone, from a package of a similar name. */
    int count(List<AzureMeter> meters, Readings readings) {
        // pcmfa: decoy
        readings.getDaily().get();
        return meters.size();
    }

    interface Readings {
        java.util.function.Supplier<String> getDaily();
    }
}
