class OffersOperations(object):
    def __init__(self, client, config):
        self._client = client
        self.config = config

    def get(self, offer_id, version="1", custom_headers=None):
        url = self.get.metadata["url"]
        url = self._client.format_url(url, **{"offer_id": offer_id, "version": version})
        header_parameters = {"Accept": "application/json"}
        # pcmfa: call verdict=blocked from=ropc
        request = self._client.get(url, {})
        return self._client.send(request, header_parameters, stream=False)
    get.metadata = {"url": "/v{version}/offers/{offer_id}"}
