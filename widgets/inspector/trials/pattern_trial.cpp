#include "widgets/inspector/trials/pattern_trial.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "core/base/time.h"
#include "core/data/text.h"
#include "core/pipeline/node_kind.h"
#include "core/runtime/planning/plan.h"
#include "core/runtime/run.h"
#include "core/runtime/tap.h"
#include "core/sql/parse/lexer.h"

namespace rw::ui {

namespace {

constexpr Millis kLongestTrial = 10'000, kLookEvery = 5;
constexpr char kRows[] = "rows", kTried[] = "pattern";  // nodes
constexpr char kPartition[] = "partition_by";
constexpr char kVariable[] = "variable of the row", kMatch[] = "number of the match";

/// A name that no column has.
std::string freshName(const Schema& columns) {
    std::string name = "row";
    while (columns.find(name)) name += "_";
    return name;
}

/// The typed rows as a source, each with its number.
Node sourceOf(const PatternTrialRequest& request, const std::string& number) {
    Json columns = Json::array({number + " INT"}), rows = Json::array();
    for (const Field& field : request.cells.columns.fields)
        columns.push_back(sql::quoteIdentifier(field.name) + " " + toString(field.type));
    for (const std::vector<QString>& cells : request.cells.rows) {
        Json row = Json::array({rows.size()});
        for (const QString& cell : cells) row.push_back(cell.isEmpty() ? Json() : Json(cell.toStdString()));
        rows.push_back(std::move(row));
    }
    Node source;
    source.id = kRows;
    source.type = kRows;
    source.params = {{"columns", columns},
                     {"rows", rows},
                     {"event_time", request.eventTime},
                     {"watermark_delay", "1000d"}};  // rows may be typed in any order
    return source;
}

/// The node, telling of every row of a match.
Node tellingNode(const PatternTrialRequest& request) {
    Node node = request.node;
    node.id = kTried;
    node.disabled = false;
    node.params["rows_per_match"] = "all";
    node.params["measures"] = Json::array({std::string("CLASSIFIER() AS `") + kVariable + "`",
                                           std::string("MATCH_NUMBER() AS `") + kMatch + "`"});
    return node;
}

Status firstError(const std::vector<Issue>& issues) {
    const auto error = std::find_if(issues.begin(), issues.end(),
                                    [](const Issue& issue) { return issue.severity == Severity::Error; });
    if (error == issues.end())
        return {ErrorCode::Invalid, RW_TEXT("trials", "The pattern can't be tried: it has errors.")};
    return {ErrorCode::Invalid, error->message, error->fix};
}

/// A row of a match, as it came out.
struct Matched {
    std::size_t row = 0;
    std::string match{};  ///< its partition and its number there
    std::string variable{};
};

std::vector<Matched> matchedIn(const Batch& batch, const std::string& number, const Json& partition) {
    std::vector<Matched> found;
    const auto column = [&batch](const std::string& name) -> const Column* {
        const auto place = batch.schema->find(name);
        return place ? batch.columns[static_cast<std::size_t>(*place)].get() : nullptr;
    };
    const Column *rows = column(number), *variables = column(kVariable), *matches = column(kMatch);
    if (rows == nullptr || variables == nullptr || matches == nullptr) return found;
    for (std::size_t i = 0; i < batch.rows; ++i) {
        Matched& matched = found.emplace_back();
        matched.row = static_cast<std::size_t>(rows->at<std::int32_t>(i));
        matched.variable = std::string(variables->string(i));
        appendCell(matched.match, *matches, i);
        for (const Json& key : partition) {
            const Column* of = key.is_string() ? column(key.get<std::string>()) : nullptr;
            matched.match += of == nullptr || of->isNull(i) ? "\n-" : "\n=";
            if (of) appendCell(matched.match, *of, i);
        }
    }
    return found;
}

/// Matches are numbered by their first rows, those of all partitions together.
PatternTrialReport reportOf(std::vector<Matched> found, std::size_t rows) {
    std::stable_sort(found.begin(), found.end(),
                     [](const Matched& a, const Matched& b) { return a.row < b.row; });
    PatternTrialReport report;
    report.rows.resize(rows);
    std::map<std::string, std::int64_t> numbers;
    for (Matched& each : found) {
        const auto [place, fresh] = numbers.emplace(each.match, report.matches + 1);
        if (fresh) ++report.matches;
        if (each.row < rows) report.rows[each.row].push_back({place->second, std::move(each.variable)});
    }
    return report;
}

}  // namespace

Result<PatternTrialReport> tryPattern(const PatternTrialRequest& request,
                                      const std::function<bool()>& cancelled) {
    const std::string number = freshName(request.cells.columns);
    Pipeline pipeline;
    pipeline.nodes = {sourceOf(request, number), tellingNode(request)};
    const NodeKind* kind = request.catalogue->of(request.node);
    if (kind == nullptr) return firstError({});
    Wire& wire = pipeline.wires.emplace_back();
    wire.from = {kRows, std::string(kDefaultOutput)};
    wire.to = {kTried, kind->inputs.front().name};
    PlanOptions planning;
    planning.validate = request.validate;
    planning.validate.files = false;
    planning.parallelism = 1;
    const Planned planned = makePlan(pipeline, *request.catalogue, planning);
    if (!planned.plan) return firstError(planned.issues);
    RunOptions options;
    options.tapAll = true;
    options.isCancelled = cancelled;
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(planned.plan, std::move(options)));
    const std::shared_ptr<Clock> clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + kLongestTrial;
    while (!run->waitFor(kLookEvery)) {
        if (cancelled()) return Status(ErrorCode::Cancelled, RW_TEXT("trials", "The trial was given up."));
        if (clock->steadyMillis() > until)
            return Status(ErrorCode::Invalid, RW_TEXT("trials", "The pattern takes too long on these rows."),
                          RW_TEXT("trials", "Remove rows, or make the pattern simpler."));
    }
    RW_TRY(run->status());
    std::vector<Matched> found;
    if (const std::shared_ptr<Tap> tap = run->tap(kTried, 0)) {
        for (const Batch& batch : tap->recent()) {
            std::vector<Matched> more =
                matchedIn(batch, number, request.node.params.value(kPartition, Json::array()));
            found.insert(found.end(), std::make_move_iterator(more.begin()),
                         std::make_move_iterator(more.end()));
        }
    }
    return reportOf(std::move(found), request.cells.rows.size());
}

}  // namespace rw::ui
