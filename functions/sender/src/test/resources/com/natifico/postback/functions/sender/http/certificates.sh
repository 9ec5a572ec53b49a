#!/bin/sh
# Makes certificates.p12, the key pairs of the TLS tests. Their dates do not depend on the day it is run.
set -e
cd "$(dirname "$0")"
rm -f certificates.p12
pair() {
  alias=$1
  shift
  keytool -genkeypair -keystore certificates.p12 -storepass changeit -alias "$alias" -keyalg EC -groupname secp256r1 "$@"
}
century="-startdate 2020/01/01 -validity 36500"
pair authority -dname CN=authority -ext bc:c=ca:true $century
pair good -signer authority -dname CN=good -ext san=dns:tracker.test,ip:127.0.0.1 $century
pair expired -signer authority -dname CN=expired -ext san=dns:tracker.test -startdate 2020/01/01 -validity 1
pair early -signer authority -dname CN=early -ext san=dns:tracker.test -startdate 2100/01/01 -validity 1000
pair other -signer authority -dname CN=other -ext san=dns:other.test $century
pair self -dname CN=tracker.test -ext san=dns:tracker.test $century
pair unknown -dname CN=unknown -ext bc:c=ca:true $century
pair stranger -signer unknown -dname CN=stranger -ext san=dns:tracker.test $century
