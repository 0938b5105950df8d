package gatepost.metrics.service;

import gatepost.metrics.Metrics;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** All metrics over JMX: one MBean with a read-only attribute for each sample. */
@Component(service = {})
public final class MetricsMBean implements DynamicMBean {

    static final String NAME = "gatepost:type=Metrics";

    private final Metrics metrics;
    private final ObjectName name;

    @Activate
    public MetricsMBean(@Reference Metrics metrics) throws JMException {
        this.metrics = metrics;
        this.name = new ObjectName(NAME);
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, name);
    }

    @Deactivate
    void deactivate() throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Double value = samples().get(attribute);
        if (value == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return value;
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        Map<String, Double> samples = samples();
        AttributeList list = new AttributeList();
        for (String attribute : attributes) {
            if (samples.containsKey(attribute)) {
                list.add(new Attribute(attribute, samples.get(attribute)));
            }
        }
        return list;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = samples().keySet().stream()
                .map(sample -> new MBeanAttributeInfo(sample, "double", sample, true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(MetricsMBean.class.getName(), "What Gatepost counts", attributes, null, null, null);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] arguments, String[] signature) {
        throw new UnsupportedOperationException(action);
    }

    private Map<String, Double> samples() {
        return Samples.of(metrics.scrape());
    }
}
