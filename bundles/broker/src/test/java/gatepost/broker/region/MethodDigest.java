package gatepost.broker.region;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Twelve digits for what a method does: the same however its class file is laid out and wherever its lines stand. */
final class MethodDigest extends MethodVisitor {

    private static final int DIGITS = 12;

    private final StringBuilder text = new StringBuilder();
    private final Map<Label, Integer> labels = new HashMap<>();

    private MethodDigest() {
        super(Opcodes.ASM9);
    }

    /** @return the digest, or {@code missing} */
    static String of(byte[] type, String name, String descriptor) {
        MethodDigest digest = new MethodDigest();
        new ClassReader(type)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String method, String signature, String generic, String[] exceptions) {
                                if (!method.equals(name) || !signature.equals(descriptor)) {
                                    return null;
                                }
                                digest.say(access & ~Opcodes.ACC_SYNTHETIC);
                                return digest;
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return digest.text.isEmpty() ? "missing" : digest.hex();
    }

    private String hex() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void say(Object... what) {
        text.append(Arrays.toString(what));
    }

    private int label(Label label) {
        return labels.computeIfAbsent(label, next -> labels.size());
    }

    @Override
    public void visitInsn(int opcode) {
        say(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        say(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        say(opcode, variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        say(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        say(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        say(opcode, owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        say(name, descriptor, Arrays.toString(arguments));
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        say(opcode, label(label));
    }

    @Override
    public void visitLabel(Label label) {
        say("label", label(label));
    }

    @Override
    public void visitLdcInsn(Object value) {
        say("constant", value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        say("increment", variable, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... cases) {
        say(
                "switch",
                min,
                max,
                label(otherwise),
                Arrays.toString(Arrays.stream(cases).map(this::label).toArray()));
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] cases) {
        say(
                "switch",
                Arrays.toString(keys),
                label(otherwise),
                Arrays.toString(Arrays.stream(cases).map(this::label).toArray()));
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        say("try", label(start), label(end), label(handler), type);
    }
}
