package gatepost.sbom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a jar says of its licence. */
final class Licences {

    /** A clause: the licence, maybe in quotes, and attributes of it that are passed over. */
    private static final Pattern CLAUSE =
            Pattern.compile("\\s*(\"([^\"]*)\"|[^,;\"]+)(;[^,;\"]*(\"[^\"]*\")?)*\\s*(,|$)");

    private Licences() {}

    /** @return the licences of the header {@code Bundle-License}, which may be null */
    static List<String> ofHeader(String header) {
        List<String> licences = new ArrayList<>();
        Matcher clause = CLAUSE.matcher(header == null ? "" : header);
        while (clause.lookingAt()) {
            licences.add((clause.group(2) == null ? clause.group(1) : clause.group(2)).strip());
            clause.region(clause.end(), header.length());
        }
        return licences;
    }

    /** @return the licences of a {@code pom.xml}: only its own, not those of a parent that is elsewhere */
    static List<String> ofPom(byte[] pom) throws IOException {
        List<String> licences = new ArrayList<>();
        NodeList found = parse(pom).getElementsByTagName("license");
        for (int i = 0; i < found.getLength(); i++) {
            NodeList names = ((Element) found.item(i)).getElementsByTagName("name");
            if (names.getLength() > 0) {
                licences.add(names.item(0).getTextContent().strip());
            }
        }
        return licences;
    }

    private static Document parse(byte[] pom) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(pom));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("its pom.xml cannot be read: " + e.getMessage(), e);
        }
    }
}
