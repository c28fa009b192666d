// `go run ask.go FOLDER COUNT` prints what Go makes of FOLDER/0.pem below FOLDER/0-issuer.pem, and so on.
package main

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"strconv"
)

func read(file string) (*x509.Certificate, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	block, _ := pem.Decode(text)
	return x509.ParseCertificate(block.Bytes)
}

func ask(name string) string {
	certificate, err := read(name + ".pem")
	if err != nil {
		return "unread " + err.Error()
	}
	if certificate.PublicKey == nil {
		return "unused unknown kind of key"
	}
	roots := x509.NewCertPool()
	if issuer, err := read(name + "-issuer.pem"); err == nil {
		roots.AddCert(issuer)
	}
	_, err = certificate.Verify(x509.VerifyOptions{Roots: roots, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if err != nil {
		return "unused " + err.Error()
	}
	return "taken"
}

func main() {
	count, _ := strconv.Atoi(os.Args[2])
	for number := 0; number < count; number++ {
		fmt.Println(ask(os.Args[1] + "/" + strconv.Itoa(number)))
	}
}
