package com.example.portal;

import org.springframework.stereotype.Component;

@Component
class Sync {
    private final PartnerApi partner;
    private final UserApi user;
    private final CrmApi crm;

    Sync(PartnerApi partner, UserApi user, CrmApi crm) {
        this.partner = partner;
        this.user = user;
        this.crm = crm;
    }

    void run(String customer) {
        // pcmfa: call verdict=exempt from=client-credentials
        partner.invoices();
        // pcmfa: call verdict=blocked from=ropc
        user.customer(customer);
        // pcmfa: decoy
        crm.contact(customer);
    }
}
