using System;
using System.Collections.Specialized;
using System.Configuration;

namespace Fabrikam.Billing
{
    // Settings of one kind of sign-in, by the section's name.
    public abstract class NamedSection
    {
        protected NamedSection(string sectionName)
        {
            this.Values = System.Configuration.ConfigurationManager.GetSection(sectionName) as NameValueCollection;
            if (this.Values == null)
            {
                throw new ConfigurationErrorsException("No section " + sectionName);
            }
        }

        protected NameValueCollection Values { get; private set; }
    }

    public class SignInSection : NamedSection
    {
        public SignInSection(string sectionName) : base(sectionName)
        {
        }

        public string ClientId
        {
            get { return this.Values["ClientId"]; }
        }

        public Uri Authority
        {
            get { return new Uri(this.Values["Authority"]); }
        }

        public Uri ResourceUrl
        {
            get { return new Uri(this.Values["ResourceUrl"]); }
        }
    }

    public class ConfigurationManager
    {
        private static readonly Lazy<ConfigurationManager> instance =
            new Lazy<ConfigurationManager>(() => new ConfigurationManager());

        private readonly Lazy<SignInSection> partner = new Lazy<SignInSection>(() => new SignInSection("partnerSignIn"));
        private readonly Lazy<SignInSection> mail = new Lazy<SignInSection>(() => new SignInSection("mailSignIn"));
        private readonly Lazy<SignInSection> audit = new Lazy<SignInSection>(() => new SignInSection("auditSignIn"));

        public static ConfigurationManager Instance => instance.Value;

        public SignInSection Partner => this.partner.Value;

        public SignInSection Mail => this.mail.Value;

        public SignInSection Audit => this.audit.Value;
    }

    // A section with properties of its own, read by the framework.
    public class ResellerSection : ConfigurationSection
    {
        [ConfigurationProperty("authority")]
        public string Authority
        {
            get { return (string)this["authority"]; }
        }

        [ConfigurationProperty("clientId")]
        public string ClientId => (string)base["clientId"];

        [ConfigurationProperty("api")]
        public ResourceElement Api
        {
            get { return (ResourceElement)this["api"]; }
        }

        [ConfigurationProperty("archive")]
        public ResourceElement Archive => (ResourceElement)this["archive"];
    }

    public class ResourceElement : ConfigurationElement
    {
        [ConfigurationProperty("resource", IsRequired = true)]
        public string Resource
        {
            get { return (string)this["resource"]; }
            set { this["resource"] = value; }
        }
    }
}
