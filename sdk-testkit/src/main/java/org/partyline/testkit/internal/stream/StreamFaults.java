package org.partyline.testkit.internal.stream;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.fault.FaultStage;

/** The faults that hold on one stream: those for all, and those of its account once that is known. */
final class StreamFaults {
    private List<FaultPlan> plans;

    StreamFaults(FaultPlan forAll) {
        this.plans = List.of(forAll);
    }

    void add(FaultPlan ofAccount) {
        plans = List.of(plans.get(0), ofAccount);
    }

    boolean any(Predicate<FaultPlan> fault) {
        for (FaultPlan plan : plans) {
            if (fault.test(plan)) {
                return true;
            }
        }
        return false;
    }

    /** {@return what happens at this stage, or null for nothing} */
    FaultPlan.@Nullable Reaction at(FaultStage stage) {
        for (FaultPlan plan : plans) {
            FaultPlan.Reaction reaction = plan.at(stage);
            if (reaction != null) {
                return reaction;
            }
        }
        return null;
    }

    long counterOffset() {
        return plans.stream().mapToLong(FaultPlan::counterOffset).sum();
    }
}
