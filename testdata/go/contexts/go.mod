module example.com/contoso/sync

go 1.22
