package gatepost.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.contracts.OperatorAudit.Operator;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellOperatorTest {

    @ParameterizedTest
    @CsvSource({
        "ssh,/192.0.2.7:50122,192.0.2.7",
        "ssh,host.example/192.0.2.7:50122,192.0.2.7",
        "ssh,/[fd00:0:0:0:0:0:0:2]:50122,fd00:0:0:0:0:0:0:2",
        "ssh,/0:0:0:0:0:0:0:1:50122,0:0:0:0:0:0:0:1",
        "ssh,/[fe80:0:0:0:0:0:0:1%2]:50122,fe80:0:0:0:0:0:0:1",
        "local,localhost,''"
    })
    void theSubjectSaysWhoAndFromWhere(String way, String client, String address) {
        List<Principal> principals =
                List.of(new RolePrincipal("admin"), new UserPrincipal("ann"), new ClientPrincipal(way, client));
        assertEquals(new Operator("ann", "shell", address), ShellOperator.of(principals));
    }

    @Test
    void withoutASubjectNobodyIsNamed() {
        assertEquals(new Operator("", "shell", ""), ShellOperator.now());
        assertEquals(new Operator("", "shell", ""), ShellOperator.of(Set.of(() -> "mallory")));
    }
}
