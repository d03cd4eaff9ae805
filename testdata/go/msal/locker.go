package msalflows

// A lock is no token.
type locker struct{ name string }

func (l locker) AcquireToken(owner, resource string) string { return l.name + owner + resource }

func (l locker) AcquireTokenSilent(owner string) string { return l.name + owner }

func lock() (string, string) {
	l := locker{name: "billing"}
	// pcmfa: decoy
	return l.AcquireToken("job", "https://api.partnercenter.microsoft.com"), l.AcquireTokenSilent("job") // pcmfa: decoy
}
