package dev.orrery.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

    private static final String LINKER =
            "/tmp/libxgboost4j123.so: libgomp.so.1: cannot open shared object file: No such" + " file or directory";

    @Test
    void a_missing_library_is_told_by_name_with_the_way_out() {
        assertThat(NativeLibraries.explained(new UnsatisfiedLinkError(LINKER)))
                .hasMessage("libgomp.so.1 is missing on this machine: apt-get install libgomp1");
        assertThat(
                        NativeLibraries.explained(
                                new UnsatisfiedLinkError(
                                        "/x/libxgboost4j.dylib: dlopen(/x/libxgboost4j.dylib): Library not loaded: @rpath/libomp.dylib")))
                .hasMessage("libomp.dylib is missing on this machine: brew install libomp");
    }

    @Test
    void the_second_time_the_jvm_only_remembers_it_and_so_do_we() {
        NoClassDefFoundError second = new NoClassDefFoundError("Could not initialize class XGBoostJNI");
        second.initCause(new ExceptionInInitializerError("Exception java.lang.UnsatisfiedLinkError: " + LINKER));

        assertThat(NativeLibraries.explained(second)).hasMessageStartingWith("libgomp.so.1 is missing");
    }

    @Test
    void any_other_failure_to_load_code_says_what_the_jvm_says() {
        assertThat(NativeLibraries.explained(new UnsatisfiedLinkError("no tree in java.library.path")))
                .hasMessage("code that it needs cannot be loaded here: no tree in java.library.path");
    }
}
