package gdap

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

type memoryStore struct{ token string }

func (m *memoryStore) Secret(tenant string) (string, error) { return m.token, nil }

func TestCustomer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
	}))
	defer server.Close()
	// The address of a server on this machine: no request to Partner Center.
	client := NewClient(&memoryStore{token: "made-up"}, "contoso")
	client.baseURL = server.URL
	client.loginURL = server.URL
	// pcmfa: decoy
	if _, err := client.Customer("customer-1"); err != nil {
		t.Fatal(err)
	}
}
