from msrest.service_client import ServiceClient
from msrestazure import AzureConfiguration

from operations import OffersOperations


class PartnerConfiguration(AzureConfiguration):
    def __init__(self, credentials, base_url=None):
        if credentials is None:
            raise ValueError("Parameter 'credentials' must not be None.")
        if not base_url:
            base_url = "https://api.partnercenter.microsoft.com"
        super(PartnerConfiguration, self).__init__(base_url)
        self.credentials = credentials


class PartnerService:
    def __init__(self, credentials, base_url=None):
        self.config = PartnerConfiguration(credentials, base_url)
        self._client = ServiceClient(self.config.credentials, self.config)
        self.offers = OffersOperations(self._client, self.config)
