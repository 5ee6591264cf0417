package dev.battlestream.runner.scale;

import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.scale.RunDecision.Action;
import dev.battlestream.runner.scale.RunDecision.CancelMember;
import dev.battlestream.runner.scale.RunDecision.Dropped;
import dev.battlestream.runner.scale.RunDecision.End;
import dev.battlestream.runner.scale.RunDecision.Ignore;
import dev.battlestream.runner.scale.RunDecision.Launch;
import dev.battlestream.runner.scale.RunInput.CancelAsked;
import dev.battlestream.runner.scale.RunInput.MemberEnded;
import dev.battlestream.runner.scale.RunInput.Requested;
import dev.battlestream.runner.scale.RunInput.TimeUp;
import dev.battlestream.runner.scale.ScaleRun.Ended;
import dev.battlestream.runner.scale.ScaleRun.Running;
import dev.battlestream.runner.scale.ScaleRun.Stopping;
import dev.battlestream.runner.scale.ScaleRun.Unrequested;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what happens next in a run: a total function of its state and what happened. */
public final class ScaleRunDecider {

    private ScaleRunDecider() {}

    /** What is to be done when {@code input} happens to {@code run}. */
    public static RunDecision decide(ScaleRun run, RunInput input) {
        return switch (run) {
            case Unrequested unrequested ->
                    switch (input) {
                        case Requested requested -> admit(unrequested, requested);
                        case CancelAsked _ when unrequested.cancelled() ->
                                ignore(run, Dropped.REPEATED_CANCEL);
                        case CancelAsked _ -> new RunDecision(new Unrequested(true), List.of());
                        case MemberEnded _ -> ignore(run, Dropped.UNREQUESTED);
                        case TimeUp _ ->
                                new RunDecision(
                                        ScaleRun.UNKNOWN,
                                        unrequested.cancelled()
                                                ? List.of(new Ignore(Dropped.UNREQUESTED))
                                                : List.of());
                    };
            case Running running ->
                    switch (input) {
                        case Requested _ -> ignore(run, Dropped.REPEATED_REQUEST);
                        case MemberEnded member -> ended(running, member);
                        case CancelAsked cancel -> stop(running, RunEndReason.MANUAL, cancel.at());
                        case TimeUp timeUp -> stop(running, RunEndReason.TIMEOUT, timeUp.at());
                    };
            case Stopping stopping ->
                    switch (input) {
                        case Requested _ -> ignore(run, Dropped.REPEATED_REQUEST);
                        case MemberEnded member -> ended(stopping, member);
                        case CancelAsked _ -> ignore(run, Dropped.REPEATED_CANCEL);
                        case TimeUp timeUp -> giveUp(stopping, timeUp.at());
                    };
            case Ended _ ->
                    switch (input) {
                        case Requested _ -> ignore(run, Dropped.REPEATED_REQUEST);
                        case MemberEnded _, CancelAsked _ -> ignore(run, Dropped.AFTER_END);
                        case TimeUp _ -> new RunDecision(run, List.of());
                    };
        };
    }

    private static RunDecision admit(Unrequested run, Requested requested) {
        RunTerms terms = requested.terms();
        if (requested.refusal().isPresent()) {
            return end(
                    RunEndReason.ERROR,
                    requested.refusal(),
                    terms,
                    RunProgress.NONE,
                    requested.at(),
                    List.of());
        }
        return run.cancelled()
                ? end(
                        RunEndReason.MANUAL,
                        Optional.empty(),
                        terms,
                        RunProgress.NONE,
                        requested.at(),
                        List.of())
                : launch(terms, RunProgress.NONE, requested.at());
    }

    private static RunDecision ended(Running run, MemberEnded member) {
        return run.progress().running().containsKey(member.index())
                ? launch(run.terms(), run.progress().ended(member), member.at())
                : ignore(run, Dropped.NO_RUNNING_MEMBER);
    }

    private static RunDecision ended(Stopping run, MemberEnded member) {
        if (!run.progress().running().containsKey(member.index())) {
            return ignore(run, Dropped.NO_RUNNING_MEMBER);
        }
        RunProgress progress = run.progress().ended(member);
        return progress.running().isEmpty()
                ? end(run.reason(), Optional.empty(), run.terms(), progress, member.at(), List.of())
                : new RunDecision(new Stopping(run.terms(), progress, run.reason()), List.of());
    }

    /** Launches as many as there is room for; ends the run when none runs and none can follow. */
    private static RunDecision launch(RunTerms terms, RunProgress before, Instant at) {
        RunProgress progress = before;
        List<Action> plan = new ArrayList<>();
        boolean affordable = true;
        while (affordable
                && progress.launched() < terms.runCount()
                && progress.running().size() < terms.concurrency()) {
            RunProgress now = progress;
            Optional<BigDecimal> slice =
                    terms.budgetUsd().flatMap(budget -> now.slice(budget, terms));
            affordable = terms.budgetUsd().isEmpty() || slice.isPresent();
            if (affordable) {
                plan.add(new Launch(now.launched() + 1, slice));
                progress = now.launch(slice.orElse(BigDecimal.ZERO));
            }
        }
        if (!progress.running().isEmpty()) {
            return new RunDecision(new Running(terms, progress), plan);
        }
        RunEndReason reason =
                progress.launched() == terms.runCount()
                        ? RunEndReason.COMPLETED
                        : RunEndReason.BUDGET;
        return end(reason, Optional.empty(), terms, progress, at, plan);
    }

    private static RunDecision stop(Running run, RunEndReason reason, Instant at) {
        List<Action> plan = new ArrayList<>();
        run.progress().running().keySet().forEach(i -> plan.add(new CancelMember(i, reason)));
        return plan.isEmpty()
                ? end(reason, Optional.empty(), run.terms(), run.progress(), at, plan)
                : new RunDecision(new Stopping(run.terms(), run.progress(), reason), plan);
    }

    /** What the missing members hold may have been spent. */
    private static RunDecision giveUp(Stopping run, Instant at) {
        return end(
                run.reason(),
                Optional.empty(),
                run.terms(),
                run.progress().withoutRunning(),
                at,
                List.of());
    }

    private static RunDecision end(
            RunEndReason reason,
            Optional<Fault> fault,
            RunTerms terms,
            RunProgress progress,
            Instant at,
            List<Action> before) {
        List<Action> plan = new ArrayList<>(before);
        plan.add(new End(new RunOutcome(reason, fault, terms, progress, at)));
        return new RunDecision(new Ended(at), plan);
    }

    private static RunDecision ignore(ScaleRun run, Dropped reason) {
        return new RunDecision(run, List.of(new Ignore(reason)));
    }
}
