package com.example.social;

import org.springframework.social.oauth2.AccessGrant;
import org.springframework.social.oauth2.OAuth2Parameters;
import org.springframework.social.partnercenter.connect.PartnerCenterConnectionFactory;
import org.springframework.social.partnercenter.security.AzureADAuthOperations;

class Connections {
    private final AzureADAuthOperations operations;
    private final PartnerCenterConnectionFactory factory;

    Connections(AzureADAuthOperations operations, PartnerCenterConnectionFactory factory) {
        this.operations = operations;
        this.factory = factory;
    }

    AccessGrant user(String name, String password) {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        return operations.exchangeCredentialsForAccess(name, password, new OAuth2Parameters());
    }

    AccessGrant renewed(String token) {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        return operations.refreshAccess(token, new OAuth2Parameters());
    }

    Object connection(String name, String password) {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        return factory.createConnection(name, password);
    }

    Object decoy(Database database) {
        // pcmfa: decoy
        return database.createConnection("sa", "secret");
    }
}

interface Database {
    Object createConnection(String name, String password);
}
