module example.com/contoso/partnersync

go 1.22
