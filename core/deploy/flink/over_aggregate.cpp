// over_aggregate: aggregates OVER a named window of the rows before.
#include <fmt/format.h>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/lateness.h"
#include "core/deploy/flink/sql_text.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/frame_param.h"

namespace rw {

namespace {

/// “ROWS BETWEEN 9 PRECEDING AND CURRENT ROW”
std::string frameClause(const Frame& frame) {
    const bool rows = frame.unit == Frame::Unit::Rows;
    std::string from = "UNBOUNDED";
    if (frame.preceding) from = rows ? std::to_string(*frame.preceding) : flinkInterval(*frame.preceding);
    return fmt::format("{} BETWEEN {} PRECEDING AND CURRENT ROW", rows ? "ROWS" : "RANGE", from);
}

void findOverLimits(NodeForm& form, const Frame& frame) {
    const StreamType& input = form.input();
    const std::vector<sql::BoundAggregate> aggregates = bindAggregates(form.params(), input.schema);
    bool ordered = frame.unit == Frame::Unit::Rows;
    for (std::size_t i = 0; i < aggregates.size(); ++i) {
        ordered = ordered || aggregates[i].ordered;
        if (!aggregates[i].filter) continue;
        Remark& finding = form.find(
            Verdict::Refused,
            RW_TEXT("deploy", "Flink takes no FILTER in an aggregate over the rows before."), "aggregates");
        finding.item = static_cast<int>(i);
        finding.fix = RW_TEXT(
            "deploy", "Compute CASE WHEN … THEN … END in a select before this node, and aggregate that.");
    }
    if (ordered) flinkFindTies(form, input, RW_TEXT("deploy", "no two rows of a partition have one time"));
}

}  // namespace

void flinkOverAggregate(NodeForm& form) {
    const StreamType& input = form.input();
    const Schema& schema = *input.schema;
    Frame frame;
    bindFrame(form.params(), frame);
    findOverLimits(form, frame);
    const std::string rows = flinkOnTime(form, 0, "in");

    std::vector<std::string> results = flinkColumnNames(form, schema);
    for (const NodeForm::Aggregate& aggregate : form.aggregates(schema))
        results.push_back(aggregate.call + " OVER `frame`");
    flinkNameAll(form, results, *form.output().schema);
    const std::vector<std::string> keys = flinkKeys(form, "partition_by", input);
    flinkView(
        form, form.relation(),
        fmt::format("SELECT {}\nFROM {}\nWINDOW `frame` AS (\n  {}{}{}ORDER BY {}\n  {})", flinkLine(results),
                    rows, keys.empty() ? "" : "PARTITION BY ", flinkLine(keys), keys.empty() ? "" : " ",
                    flinkColumn(form, schema, input.eventTime), frameClause(frame)));
    flinkLateByTime(form, 0, "late");
    flinkNoRejected(form);
}

}  // namespace rw
