import os

from msrest.service_client import ServiceClient
from msrestazure import AzureConfiguration
from msrestazure.azure_active_directory import UserPassCredentials

from service import PartnerService

PARTNER = "https://api.partnercenter.microsoft.com"

# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
credentials = UserPassCredentials(os.environ["USER_NAME"], os.environ["USER_PASSWORD"], resource=PARTNER)
service = PartnerService(credentials)
print(service.offers.get("MS-AZR-0145P"))

other = ServiceClient(None, AzureConfiguration("https://management.azure.com"))
# pcmfa: decoy
request = other.get("/subscriptions", {})
