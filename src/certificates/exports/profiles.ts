/** Who a set of files is for. */
export type ProfileId = "plain" | "nginx" | "apache" | "haproxy" | "iis" | "tomcat" | "kubernetes";

export interface Profile {
  readonly id: ProfileId;
  readonly title: string;
  /**
   * `needed`: its files cannot be made without the private key. `useful`: the key is written as well if it is given.
   * `unused`: never.
   */
  readonly key: "needed" | "useful" | "unused";
  /** Whether a file is encrypted with a password. */
  readonly password: boolean;
  /** How the files are used, one or two lines. */
  readonly note: string;
  /** The source of the files' names and contents. */
  readonly manual: string;
}

/** In the order in which they are offered. */
export const PROFILES: readonly Profile[] = [
  {
    id: "plain",
    title: "Plain files",
    key: "unused",
    password: false,
    note: "certificate.pem is the certificate, chain.pem its CA certificates, fullchain.pem both with the certificate first.",
    manual: "RFC 7468; the names are those of Certbot's live folder, without abbreviation",
  },
  {
    id: "nginx",
    title: "nginx",
    key: "useful",
    password: false,
    note: "ssl_certificate names the .chained.crt file, ssl_certificate_key the .key file; then: nginx -t && nginx -s reload.",
    manual: "https://nginx.org/en/docs/http/configuring_https_servers.html#chains",
  },
  {
    id: "apache",
    title: "Apache HTTP Server",
    key: "useful",
    password: false,
    note: "SSLCertificateFile names the .cert file, which contains the chain as well (2.4.8 and later), SSLCertificateKeyFile the .key file; then: apachectl configtest && apachectl graceful.",
    manual:
      "https://httpd.apache.org/docs/2.4/ssl/ssl_howto.html, https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatefile",
  },
  {
    id: "haproxy",
    title: "HAProxy",
    key: "needed",
    password: false,
    note: "One file with the certificate, its chain and the private key: bind :443 ssl crt <file>.",
    manual: "https://docs.haproxy.org/3.0/configuration.html#5.1-crt",
  },
  {
    id: "iis",
    title: "IIS (Windows)",
    key: "needed",
    password: true,
    note: "Import-PfxCertificate -FilePath <file> -CertStoreLocation Cert:\\LocalMachine\\My, then choose it in the site's binding. Windows Server 2016 and older read only the legacy form.",
    manual: "https://learn.microsoft.com/en-us/powershell/module/pki/import-pfxcertificate",
  },
  {
    id: "tomcat",
    title: "Apache Tomcat",
    key: "useful",
    password: false,
    note: "In SSLHostConfig, Certificate: certificateFile, certificateChainFile and certificateKeyFile name the three files.",
    manual: "https://tomcat.apache.org/tomcat-10.1-doc/ssl-howto.html#Edit_the_Tomcat_Configuration_File",
  },
  {
    id: "kubernetes",
    title: "Kubernetes secret",
    key: "needed",
    password: false,
    note: "kubectl apply -f <file>. The file contains the private key in base64, which hides nothing: keep it out of version control.",
    manual: "https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets",
  },
];
