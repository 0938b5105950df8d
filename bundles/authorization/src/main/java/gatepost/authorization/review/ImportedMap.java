package gatepost.authorization.review;

import gatepost.authorization.engine.EntrySyntax;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The {@code authorizationMap} of an {@code activemq.xml}, written as lines of {@code gatepost.authorization.cfg}. What cannot
 * be taken over becomes a comment that says so.
 */
public final class ImportedMap {

    private final List<String> lines = new ArrayList<>();
    private int count;

    private ImportedMap() {}

    /**
     * @param xml a whole {@code activemq.xml}, or a part of one; a document type is refused, so nothing outside is ever read
     * @return the lines, in the order of the file
     * @throws IOException when it cannot be read, is not well-formed or holds no authorizationMap
     */
    public static List<String> read(InputStream xml) throws IOException {
        ImportedMap map = new ImportedMap();
        Document document = parse(xml);
        NodeList maps = document.getElementsByTagNameNS("*", "authorizationMap");
        if (maps.getLength() == 0) {
            throw new IOException("there is no authorizationMap in it");
        }
        map.entries(document);
        map.temporary(document);
        return map.lines;
    }

    private void entries(Document document) {
        for (Element entry : elements(document, "authorizationEntry")) {
            boolean everything =
                    entry.getParentNode() instanceof Element parent && "defaultEntry".equals(parent.getLocalName());
            if (everything) {
                lines.add("# the default entry counts for every destination");
                line("queue://>", entry);
                line("topic://>", entry);
                continue;
            }
            boolean queue = destinations("queue://", entry.getAttribute("queue"), entry);
            boolean topic = destinations("topic://", entry.getAttribute("topic"), entry);
            if (!queue && !topic) {
                lines.add("# left out, it names neither a queue nor a topic: " + attributes(entry));
            }
        }
    }

    private boolean destinations(String prefix, String names, Element entry) {
        List<String> parts = list(names);
        parts.forEach(name -> line(name.startsWith(prefix) ? name : prefix + name, entry));
        return !parts.isEmpty();
    }

    private void line(String destination, Element entry) {
        String text = destination + grants(entry);
        List<String> problems = new ArrayList<>();
        EntrySyntax.entry("imported", text, problems::add);
        if (problems.isEmpty()) {
            lines.add("entry.imported-" + ++count + " = " + text.replace("\\", "\\\\"));
        } else {
            lines.add("# left out, " + oneLine(String.join("; ", problems)) + ": " + oneLine(text));
        }
    }

    /** ActiveMQ asks nobody about temporary destinations when there is no such entry; Gatepost wants it said. */
    private void temporary(Document document) {
        // the property and the entry within it have the same name: the innermost is the one with the groups
        List<Element> entries = elements(document, "tempDestinationAuthorizationEntry").stream()
                .filter(element -> element.getElementsByTagNameNS("*", "tempDestinationAuthorizationEntry")
                                .getLength()
                        == 0)
                .toList();
        if (entries.isEmpty()) {
            lines.add("# the map says nothing of temporary destinations: ActiveMQ then lets everybody");
            lines.add("temporary = read=* write=* admin=*");
            return;
        }
        String text = grants(entries.get(0)).strip();
        List<String> problems = new ArrayList<>();
        EntrySyntax.grants(text, problems::add);
        lines.add(
                problems.isEmpty()
                        ? "temporary = " + text.replace("\\", "\\\\")
                        : "# left out, " + oneLine(String.join("; ", problems)) + ": " + oneLine(text));
    }

    private static String grants(Element entry) {
        StringBuilder grants = new StringBuilder();
        for (String operation : List.of("read", "write", "admin")) {
            List<String> groups = list(entry.getAttribute(operation));
            if (!groups.isEmpty()) {
                grants.append(' ').append(operation).append('=').append(String.join(",", groups));
            }
        }
        return grants.toString();
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    private static String attributes(Element entry) {
        List<String> attributes = new ArrayList<>();
        for (int i = 0; i < entry.getAttributes().getLength(); i++) {
            attributes.add(entry.getAttributes().item(i).toString());
        }
        return oneLine(attributes.stream().collect(Collectors.joining(" ")));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}|\\R", " ");
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Document parse(InputStream xml) throws IOException {
        try {
            // the JDK's own parser, whatever else is installed; without a document type there are no entities to expand
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setNamespaceAware(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Throwing());
            return builder.parse(xml);
        } catch (SAXParseException e) {
            throw new IOException(
                    "line " + e.getLineNumber() + ", column " + e.getColumnNumber() + ": " + e.getMessage(), e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The parser would print what is wrong to the shell's standard error as well. */
    private static final class Throwing implements ErrorHandler {

        @Override
        public void warning(SAXParseException exception) {
            // a warning does not keep the map from being read
        }

        @Override
        public void error(SAXParseException exception) throws SAXParseException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXParseException {
            throw exception;
        }
    }
}
