from setuptools import setup

setup(
    name="partner-sync",
    install_requires=[
        "adal>=1.2.2",  # pcmfa: finding retired-library
        "requests>=2.31",  # pcmfa: decoy
    ],
)
