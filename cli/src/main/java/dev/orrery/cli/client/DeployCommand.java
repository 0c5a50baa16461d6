package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.Registry.Deployment;
import dev.orrery.cli.platform.Target;
import dev.orrery.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says which versions should run at an endpoint.
@Command(
        name = "deploy",
        description = {
            "Let versions of a model run at an endpoint: a champion, canaries that answer a share of the keys, and"
                    + " shadows that are asked too and answer nobody. Each is examined first; then all changes at once.",
            "Or go back to what ran before, or let nothing run any more."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery deploy churn --champion churn:3 --canary churn:4=10%% --reason \"a new recipe\"",
            "  ./orrery deploy churn --champion churn:3 --shadow churn:5=100%%",
            "  ./orrery deploy churn --rollback"
        })
public final class DeployCommand implements Runnable {

    private static final int WHOLE = 100;

    @Mixin
    private Target target;

    @Parameters(paramLabel = "ENDPOINT", description = "Where they should run.")
    private String endpoint;

    @Option(
            names = "--champion",
            paramLabel = "MODEL:V",
            description = "Answers whoever no canary answers. Its share follows from theirs.")
    private String champion;

    @Option(names = "--canary", paramLabel = "MODEL:V=N%", description = "Answers a share. May be given several times.")
    private List<String> canaries = new ArrayList<>();

    @Option(
            names = "--shadow",
            paramLabel = "MODEL:V=N%",
            description = "Is asked too, about a share; 100%% unless said otherwise. May be given several times.")
    private List<String> shadows = new ArrayList<>();

    @Option(names = "--rollback", description = "Let run again what ran before, or ran in the revision of --to.")
    private boolean rollback;

    @Option(names = "--to", paramLabel = "REVISION", description = "Of a rollback. Default: the one before.")
    private Long to;

    @Option(names = "--withdraw", description = "Let nothing run there any more.")
    private boolean withdraw;

    @Option(names = "--reason", paramLabel = "WHY", description = "Kept with the decision.")
    private String reason;

    @Option(names = "--by", paramLabel = "WHO", description = "Kept with the decision. Default: ${DEFAULT-VALUE}")
    private String by = System.getProperty("user.name");

    @Option(
            names = "--on",
            paramLabel = "REVISION",
            description = "Only if the endpoint is still at this revision: nobody else has changed it meanwhile.")
    private Long on;

    @Option(names = "--json", description = "Print what came of it as JSON.")
    private boolean json;

    @Override
    public void run() {
        if (Stream.of(champion != null, rollback, withdraw)
                        .filter(asked -> asked)
                        .count()
                != 1) {
            throw new Failure("give one of --champion, --rollback and --withdraw");
        }
        Registry registry = Services.of(target.running()).registry();
        try {
            Deployment deployment = change(registry);
            System.out.println(json ? Json.text(deployment) : Terminal.here().wrap(sentence(deployment)));
        } catch (ServiceProblem e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    private Deployment change(Registry registry) {
        if (rollback) {
            return registry.rollBack(endpoint, to, by, reason, on);
        }
        return withdraw
                ? registry.withdraw(endpoint, by, reason, on)
                : registry.deploy(endpoint, slots(champion, canaries, shadows), by, reason, on);
    }

    /// What the options say, the champion with whatever the canaries leave.
    static List<WishedSlot> slots(String champion, List<String> canaries, List<String> shadows) {
        List<WishedSlot> slots = new ArrayList<>();
        int rest = WHOLE;
        for (String canary : canaries) {
            WishedSlot slot = WishedSlot.of("canary", canary);
            if (slot.share() == null) {
                throw new Failure("--canary %s has no share, such as %s=10%%".formatted(canary, canary));
            }
            rest -= slot.share();
            slots.add(slot);
        }
        slots.addFirst(WishedSlot.of("champion", champion).orShare(rest));
        shadows.forEach(shadow -> slots.add(WishedSlot.of("shadow", shadow).orShare(WHOLE)));
        return slots;
    }

    static String sentence(Deployment deployment) {
        if (deployment.slots().isEmpty()) {
            return "Endpoint '%s' is at revision %d: nothing runs there any more."
                    .formatted(deployment.endpoint(), deployment.revision());
        }
        return "Endpoint '%s' is at revision %d: %s. ./orrery endpoints shows when it answers."
                .formatted(
                        deployment.endpoint(),
                        deployment.revision(),
                        deployment.slots().stream()
                                .map(slot -> "%s %s %d with %d %%"
                                        .formatted(slot.role(), slot.model(), slot.version(), slot.share()))
                                .collect(Collectors.joining(", ")));
    }
}
