// interval_join, temporal_join, join and lookup_join.
#include <fmt/format.h>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/join_text.h"
#include "core/deploy/flink/lateness.h"
#include "core/deploy/flink/sql_text.h"
#include "core/nodes/join_params.h"

namespace rw {

namespace {

/// “`left`.`ts` - INTERVAL '5' SECOND”
std::string boundFrom(const std::string& time, Millis bound) {
    return fmt::format("{} {} {}", time, bound < 0 ? "-" : "+", flinkInterval(bound < 0 ? -bound : bound));
}

void lateSides(NodeForm& form) {
    flinkLateByTime(form, kLeft, "late_left");
    flinkLateByTime(form, kRight, "late_right");
    flinkNoRejected(form);
}

/// A regular join takes no event time.
std::string withoutEventTime(NodeForm& form, JoinPort side, const char* part) {
    const StreamType& input = form.input(side);
    const std::string from = form.quoted(form.from(side));
    if (input.eventTime < 0) return from;
    const std::string name = form.helper(part);
    flinkView(form, name, fmt::format("SELECT {}\nFROM {}", flinkLine(flinkPlainColumns(form, input)), from),
              "event time as any column");
    return form.quoted(name);
}

/// Versions are found by the columns that `on` equates, as they are.
void findKeyTypes(NodeForm& form, const JoinPlan& plan) {
    for (std::size_t i = 0; i < plan.rightKeys.size(); ++i) {
        const Field& left = plan.left.schema->fields[static_cast<std::size_t>(plan.leftKeys[i])];
        const Field& right = plan.right.schema->fields[static_cast<std::size_t>(plan.rightKeys[i])];
        if (left.type == right.type) continue;
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Flink finds versions by columns of one type; “%1” is %2, “%3” is %4.")
                      .with(left.name, toString(left.type), right.name, toString(right.type)),
                  "on")
            .fix = RW_TEXT("deploy", "Let a select before this node convert one of them.");
    }
}

/// The right side as a table of versions. Flink takes the newest row of a key for its version and leaves
/// those out that come behind it: they must come in the order of their times.
std::string versionsOf(NodeForm& form, const JoinPlan& plan) {
    const Schema& schema = *plan.right.schema;
    std::vector<std::string> keys;
    for (const int key : plan.rightKeys) keys.push_back(flinkColumn(form, schema, key));
    const std::string right = flinkOnTime(form, kRight, "right");
    const std::string ordered = form.helper("in_order"), name = form.helper("versions");
    flinkView(form, ordered, flinkInOrder(form, plan.right, right, keys),
              "versions in the order of their times");
    const std::string number = form.quoted(flinkFreeName(schema, "version"));
    flinkView(form, name,
              fmt::format("SELECT {0}\nFROM (\n  SELECT *, ROW_NUMBER() OVER (PARTITION BY {1} ORDER BY {2} "
                          "DESC) AS {3}\n  FROM {4})\nWHERE {3} = 1",
                          flinkLine(flinkColumnNames(form, schema)), flinkLine(keys),
                          flinkColumn(form, schema, plan.right.eventTime), number, form.quoted(ordered)),
              "the version of each key");
    return form.quoted(name);
}

}  // namespace

void flinkIntervalJoin(NodeForm& form) {
    JoinPlan plan;
    bindJoin(form.params(), {}, plan);
    const std::string left = flinkOnTime(form, kLeft, "left"), right = flinkOnTime(form, kRight, "right");
    const FlinkJoin join(form, plan);
    const std::string from = join.column(kLeft, plan.left.eventTime);
    flinkView(form, form.relation(),
              fmt::format(
                  "SELECT {}\nFROM {}\n{} {}\nON {}\n  AND {} BETWEEN {} AND {}", join.pairs(form.output()),
                  flinkSide(left, kLeft), join.words(), flinkSide(right, kRight), join.condition(),
                  join.column(kRight, plan.right.eventTime), boundFrom(from, form.params().duration("lower")),
                  boundFrom(from, form.params().duration("upper"))));
    lateSides(form);
}

void flinkTemporalJoin(NodeForm& form) {
    JoinPlan plan;
    bindJoin(form.params(), {}, plan);
    findKeyTypes(form, plan);
    flinkFindTies(form, plan.right, RW_TEXT("deploy", "no two versions of a key have one time"));
    const std::string left = flinkOnTime(form, kLeft, "left"), right = versionsOf(form, plan);
    const FlinkJoin join(form, plan);
    flinkView(form, form.relation(),
              fmt::format("SELECT {}\nFROM {}\n{} {} FOR SYSTEM_TIME AS OF {} AS `right`\nON {}",
                          join.pairs(form.output()), flinkSide(left, kLeft), join.words(), right,
                          join.column(kLeft, plan.left.eventTime), join.condition()));
    lateSides(form);
}

void flinkJoin(NodeForm& form) {
    JoinPlan plan;
    bindChangingJoin(form.params(), plan);
    const std::string hint = flinkStateTtl(form, {"left", "right"});
    const std::string left = withoutEventTime(form, kLeft, "left");
    const std::string right = withoutEventTime(form, kRight, "right");
    const FlinkJoin join(form, plan);
    flinkView(form, form.relation(),
              fmt::format("SELECT {}{}\nFROM {}\n{} {}\nON {}", hint, join.pairs(form.output()),
                          flinkSide(left, kLeft), join.words(), flinkSide(right, kRight), join.condition()));
    flinkNoRejected(form);
}

void flinkLookupJoin(NodeForm& form) {
    if (form.params().text("from") == "server") {
        form.find(Verdict::Refused, RW_TEXT("deploy", "A table on a database server is not read there."),
                  "from")
            .fix = RW_TEXT("deploy", "Read the table by a source of its own, and join the two streams.");
        return;
    }
    flinkSayAsAlways(form).param = "database";
}

}  // namespace rw
