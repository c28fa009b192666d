// `java Ask.java FOLDER COUNT` prints what Java makes of FOLDER/0.pem below FOLDER/0-issuer.pem, and so on.
import java.io.FileInputStream;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

public class Ask {
    public static void main(String[] args) {
        for (int number = 0; number < Integer.parseInt(args[1]); number++) {
            System.out.println(ask(args[0] + "/" + number).replace('\n', ' '));
        }
    }

    static X509Certificate read(String file) throws Exception {
        try (FileInputStream in = new FileInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    static String ask(String name) {
        X509Certificate certificate;
        try {
            certificate = read(name + ".pem");
        } catch (Exception error) {
            return "unread " + error;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(read(name + "-issuer.pem"), null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(
                CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            certificate.getPublicKey();
        } catch (Exception error) {
            return "unused " + error;
        }
        return "taken";
    }
}
