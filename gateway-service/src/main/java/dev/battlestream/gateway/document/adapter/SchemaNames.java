package dev.battlestream.gateway.document.adapter;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.battlestream.gateway.battle.adapter.Cancelled;
import dev.battlestream.gateway.battle.adapter.DeletionAccepted;
import dev.battlestream.gateway.battle.adapter.Started;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.health.HealthReport;
import dev.battlestream.gateway.health.Workers;
import dev.battlestream.gateway.report.BattleList;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.MessagePage;
import dev.battlestream.gateway.report.RunList;
import dev.battlestream.gateway.report.RunReport;
import dev.battlestream.gateway.report.RunStatus;
import dev.battlestream.gateway.report.VerdictPage;
import dev.battlestream.gateway.scale.adapter.RunStarted;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of the schemas that mean something to who has never seen the program, where a record is
 * named after its place in it; and which of their properties are always there.
 */
@SuppressWarnings({"unchecked", "rawtypes"}) // the models of swagger are raw
final class SchemaNames {

    private static final String REFERENCE = "#/components/schemas/";

    private static final Map<Class<? extends Record>, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put(BattleList.class, "BattleList");
        NAMES.put(BattleList.Entry.class, "BattleListEntry");
        NAMES.put(BattleStatus.class, "BattleStatus");
        NAMES.put(BattleStatus.Failure.class, "BattleFailure");
        NAMES.put(BattleStatus.Usage.class, "BattleUsage");
        NAMES.put(MessagePage.class, "MessagePage");
        NAMES.put(MessagePage.Message.class, "BattleMessage");
        NAMES.put(VerdictPage.class, "VerdictPage");
        NAMES.put(VerdictPage.Verdict.class, "JudgeVerdict");
        NAMES.put(VerdictPage.Stage.class, "JudgeStage");
        NAMES.put(Started.class, "BattleStarted");
        NAMES.put(Started.Links.class, "BattleLinks");
        NAMES.put(RunStarted.class, "RunStarted");
        NAMES.put(RunStarted.RunLinks.class, "RunLinks");
        NAMES.put(RunList.class, "RunList");
        NAMES.put(RunList.RunEntry.class, "RunListEntry");
        NAMES.put(RunStatus.class, "RunStatus");
        NAMES.put(RunStatus.Counts.class, "RunCounts");
        NAMES.put(RunStatus.RunFailure.class, "RunFailure");
        NAMES.put(RunReport.class, "RunReport");
        NAMES.put(RunReport.Specification.class, "RunSpecification");
        NAMES.put(RunReport.VariantChoice.class, "RunVariant");
        NAMES.put(RunReport.Failures.class, "RunFailures");
        NAMES.put(RunReport.SuccessRate.class, "RunSuccessRate");
        NAMES.put(RunReport.TurnsToGoal.class, "RunTurnsToGoal");
        NAMES.put(RunReport.TurnsBattles.class, "RunTurnsBattles");
        NAMES.put(RunReport.Times.class, "RunTimes");
        NAMES.put(RunReport.RunUsage.class, "RunUsage");
        NAMES.put(RunReport.UsageByRole.class, "RunUsageByRole");
        NAMES.put(RunReport.RoleUsage.class, "RunRoleUsage");
        NAMES.put(RunReport.VariantResult.class, "RunVariantResult");
        NAMES.put(RunReport.Member.class, "RunMember");
        NAMES.put(RunReport.Offset.class, "RunOffset");
        NAMES.put(Cancelled.class, "CancelAccepted");
        NAMES.put(DeletionAccepted.class, "DeletionAccepted");
        NAMES.put(HealthReport.class, "HealthReport");
        NAMES.put(HealthReport.Dependency.class, "DependencyHealth");
        NAMES.put(Workers.class, "WorkerHealth");
        NAMES.put(FieldError.class, "FieldError");
    }

    private SchemaNames() {}

    /**
     * @param schemas by the simple names of their records
     * @throws IllegalStateException if there is another record than these, or one is missing
     */
    static void applyTo(Map<String, Schema> schemas) {
        Map<String, Schema> renamed = new LinkedHashMap<>();
        NAMES.forEach((type, name) -> {
            Schema schema = schemas.remove(type.getSimpleName());
            if (schema == null) {
                throw new IllegalStateException("no schema of " + type);
            }
            schema.setRequired(alwaysThere(type));
            renamed.put(name, schema);
        });
        if (!schemas.isEmpty()) {
            throw new IllegalStateException("schemas without a name: " + schemas.keySet());
        }
        schemas.putAll(renamed);
        schemas.values().forEach(SchemaNames::refer);
    }

    /** Nothing is sent for what may be null. */
    private static List<String> alwaysThere(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(part -> !part.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(SchemaNames::property)
                .toList();
    }

    private static String property(RecordComponent part) {
        JsonProperty named = part.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? part.getName() : named.value();
    }

    private static void refer(Schema<?> schema) {
        String reference = schema.get$ref();
        if (reference != null) {
            NAMES.forEach((type, name) -> {
                if (reference.equals(REFERENCE + type.getSimpleName())) {
                    schema.set$ref(REFERENCE + name);
                }
            });
        }
        if (schema.getItems() != null) {
            refer(schema.getItems());
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            refer(values);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(SchemaNames::refer);
        }
    }
}
