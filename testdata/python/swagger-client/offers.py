# The package is generated at build time from the description of the API; it is not kept here.
from swagger_client import ProductApi, SubmissionApi
from inventory_client import ShelfApi

from tokens import bearer, other_bearer


class Offers:
    def __init__(self):
        self._apis = {"product": ProductApi(), "submission": SubmissionApi()}
        self._shelves = ShelfApi()

    def find(self, name):
        # pcmfa: call verdict=blocked from=ropc
        return self._apis["product"].products_get(authorization=bearer(), filter=f"name eq '{name}'")

    def publish(self, product, body):
        # pcmfa: call verdict=blocked from=ropc
        return self._apis["submission"].products_product_id_submissions_post_with_http_info(
            authorization=bearer(), product_id=product, body=body
        )

    def shelves(self):
        # pcmfa: decoy
        return self._shelves.shelves_get(authorization=other_bearer())

    def describe(self):
        # pcmfa: decoy
        return self._apis["product"].to_string(bearer())
