package gatepost.console.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void whoHasBothRolesHasTheOneThatMayMore() {
        assertEquals(Optional.of(Role.ADMIN), Role.of(List.of("viewer", "ssh", "admin")));
        assertEquals(Optional.of(Role.VIEWER), Role.of(List.of("viewer", "ssh")));
    }

    @Test
    void noOtherRoleLetsAnybodyIn() {
        assertEquals(Optional.empty(), Role.of(List.of("manager", "ssh", "Admin", "")));
    }
}
