/** A toy key of DSA in PKCS #8, kept since not every engine makes one. */
export const DSA_KEY = Buffer.from(
  [
    "MIIBTAIBADCCASwGByqGSM44BAEwggEfAoGBAOUY1CHvJZ0v6Yyq1qUrRKx9znMR3P09Y0Rd4sp000TVxkW6f2rWp6B4WYGZmByA",
    "fqPvncwbdQq9XN4U51+tXyM5qt0/bHuLnTOV1yf6IfYH8jwEeRNFtnaQj/7LK8ZaCPjr6hMQiH2hHfq4j9l52eoAaptJu0YnsLFw",
    "utOS+5aTAhUAvdGx5nNYtjT0w1RCXiuHuW00aU8CgYEAhoQ0I14sGTbC/ZVzG65imAhwL556jViN1XOJEy92WsJ4i8dNusOo56zx",
    "qO5C/NVcGBePbM9NSbA4Kbb4R99h/kpkEtWaBj0BfuXUBBp5C5RVYjT252OIuNzKEwrmp0rfEyXan2XyaVOXGEe1HmZ6+Dg+/Wkx",
    "0xDgAaPyIR4Rat0EFwIVAJs4UQ6lvLfVroRPp3JEYEAySycA",
  ].join(""),
  "base64",
);
