import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import java.io.FileInputStream;

/** PASS or FAIL for each file, with the rules it breaks. Exit 1 if one fails. */
public class ValidatePdfA {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.PDFA_2_U;
        boolean all = true;
        for (String file : files) {
            try (FileInputStream in = new FileInputStream(file);
                 PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                 PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                all &= result.isCompliant();
                System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + flavour + " " + file);
                for (TestAssertion found : result.getTestAssertions()) {
                    if (found.getStatus() == TestAssertion.Status.FAILED) {
                        System.out.println("  " + found.getRuleId() + " " + found.getMessage());
                    }
                }
            }
        }
        System.exit(all ? 0 : 1);
    }
}
