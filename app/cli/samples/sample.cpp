#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/samples/listening.h"
#include "core/base/figures.h"
#include "core/base/table_text.h"
#include "core/data/text.h"
#include "core/data/visit_type.h"
#include "core/look/column_profile.h"
#include "core/look/look.h"
#include "core/look/row_matches.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

constexpr Millis kLongest = 30'000;

/// In UTC.
std::string timeText(Instant at) {
    std::string text;
    appendTimestamp(text, at);
    return text;
}

std::string fateName(RowFate fate) {
    switch (fate) {
        case RowFate::Passed:
            return "passed";
        case RowFate::Dropped:
            return "dropped";
        case RowFate::Late:
            return "late";
        case RowFate::Rejected:
            return "rejected";
        case RowFate::Used:
            return "used";
        case RowFate::Open:
            return "open";
        case RowFate::Unknown:
            break;
    }
    return "unknown";
}

std::string roleName(PortRole role) {
    switch (role) {
        case PortRole::Rows:
            break;
        case PortRole::Late:
            return "late";
        case PortRole::Rejected:
            return "rejected";
    }
    return "rows";
}

std::string endName(LookResult::End end) {
    switch (end) {
        case LookResult::End::Whole:
            return "whole";
        case LookResult::End::TimeLimit:
            return "time_limit";
        case LookResult::End::Failed:
            return "failed";
        case LookResult::End::Cancelled:
        case LookResult::End::None:
            break;
    }
    return "none";
}

/// The first `most` rows of a port: row `at(batch, row, number)`.
template <class At>
void eachRow(const LookedPort& port, std::size_t most, At&& at) {
    std::size_t number = 0;
    for (const Batch& batch : port.batches) {
        for (std::size_t row = 0; row < batch.rows && number < most; ++row) at(batch, row, number++);
    }
}

/// Why a row was set aside; empty: it was not, or nobody said.
std::string reasonOf(const LookResult& result, const CameIn& in) {
    if (in.setAside < 0) return {};
    const KeptRow& kept = result.setAside[static_cast<std::size_t>(in.setAside)];
    if (kept.kind == KeptRow::Kind::Late) return "late by " + formatDuration(kept.lateBy);
    return english(kept.reason);
}

// ── As text ──

std::string countLines(const LookResult& result) {
    std::vector<std::vector<std::string>> rows{{"node", "in", "out", "late", "rejected"}};
    for (const auto& [id, node] : result.nodes) {
        rows.push_back({printableLine(id), std::to_string(node.in), std::to_string(node.out),
                        std::to_string(node.late), std::to_string(node.rejected)});
    }
    return tableText(rows);
}

std::string profileLines(const LookedPort& port) {
    std::vector<std::vector<std::string>> rows{{"column", "type", "nulls", "distinct", "least", "most"}};
    for (const ColumnProfile& column : profileOf(*port.type.schema, port.batches)) {
        rows.push_back({printableLine(column.name), toString(column.type), std::to_string(column.nulls),
                        std::to_string(column.distinct), printableLine(column.least),
                        printableLine(column.most)});
    }
    return tableText(rows);
}

std::string headOf(const char* way, const LookedPort& port) {
    std::string head =
        fmt::format("{} {}: {}", way, printableLine(port.port), figures::counted(port.count, "row", "rows"));
    if (port.rows < port.count)
        head += fmt::format(", of which the first {} were looked at", figures::count(port.rows));
    return head + "\n";
}

std::string inputLines(const LookResult& result, std::size_t input, const RowMatches& matches,
                       std::size_t most) {
    const LookedPort& port = result.inputs[input];
    std::string out = headOf("input", port);
    eachRow(port, most, [&](const Batch& batch, std::size_t row, std::size_t number) {
        const CameIn& in = matches.inputs[input][number];
        std::string fate = fateName(in.fate);
        if (in.fate == RowFate::Passed)
            fate = fmt::format("{}:{}", result.outputs[static_cast<std::size_t>(in.output)].port, in.row + 1);
        if (const std::string reason = reasonOf(result, in); !reason.empty()) fate += " (" + reason + ")";
        out += fmt::format("  {}  {}  → {}\n", number + 1, printableLine(rowText(batch, row)),
                           printableLine(fate));
    });
    return out;
}

std::string outputLines(const LookedPort& port, std::size_t most) {
    std::string out = headOf("output", port);
    eachRow(port, most, [&](const Batch& batch, std::size_t row, std::size_t number) {
        const std::string kind = batch.kinds ? std::string(toString(batch.kind(row))) + " " : std::string();
        out += fmt::format("  {}  {}{}\n", number + 1, kind, printableLine(rowText(batch, row)));
    });
    return out;
}

std::string textOf(const LookResult& result, std::size_t most) {
    const RowMatches matches = matchRows(result);
    std::string out = countLines(result);
    for (std::size_t input = 0; input < result.inputs.size(); ++input)
        out += "\n" + inputLines(result, input, matches, most);
    for (const LookedPort& port : result.outputs) {
        if (port.role != PortRole::Rows && port.count == 0) continue;
        out += "\n" + outputLines(port, most) + profileLines(port);
    }
    return out;
}

// ── As JSON ──

Json cellJson(const Column& column, std::size_t row) {
    if (column.isNull(row)) return nullptr;
    const Value value = valueAt(column, row);
    if (const bool* truth = std::get_if<bool>(&value)) return *truth;
    if (kindOf(column.type().id) == TypeKind::Number) {
        if (const auto* number = std::get_if<std::int32_t>(&value)) return *number;
        if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
        if (const auto* number = std::get_if<double>(&value); number != nullptr && std::isfinite(*number))
            return *number;
    }
    return toText(value, column.type());
}

Json rowJson(const Batch& batch, std::size_t row) {
    Json values = Json::array();
    for (const ColumnRef& column : batch.columns)
        values.push_back(column ? cellJson(*column, row) : Json(nullptr));
    return values;
}

Json columnsJson(const LookedPort& port) {
    Json columns = Json::array();
    for (const ColumnProfile& column : profileOf(*port.type.schema, port.batches)) {
        columns.push_back({{"name", column.name},
                           {"type", toString(column.type)},
                           {"nulls", column.nulls},
                           {"distinct", column.distinct},
                           {"least", column.least},
                           {"most", column.most},
                           {"bins", column.bins}});
    }
    return columns;
}

Json portJson(const LookedPort& port) {
    return {{"port", port.port},           {"from", writeOutput(port.from)},
            {"role", roleName(port.role)}, {"count", port.count},
            {"kept", port.rows},           {"columns", columnsJson(port)},
            {"rows", Json::array()}};
}

Json inputsJson(const LookResult& result, const RowMatches& matches, std::size_t most) {
    Json inputs = Json::array();
    for (std::size_t input = 0; input < result.inputs.size(); ++input) {
        Json port = portJson(result.inputs[input]);
        eachRow(result.inputs[input], most, [&](const Batch& batch, std::size_t row, std::size_t number) {
            const CameIn& in = matches.inputs[input][number];
            Json one{{"values", rowJson(batch, row)}, {"fate", fateName(in.fate)}};
            if (in.output >= 0) one["became"] = {{"output", in.output}, {"row", in.row}};
            if (const std::string reason = reasonOf(result, in); !reason.empty()) one["reason"] = reason;
            port["rows"].push_back(std::move(one));
        });
        inputs.push_back(std::move(port));
    }
    return inputs;
}

Json outputsJson(const LookResult& result, const RowMatches& matches, std::size_t most) {
    Json outputs = Json::array();
    for (std::size_t output = 0; output < result.outputs.size(); ++output) {
        Json port = portJson(result.outputs[output]);
        eachRow(result.outputs[output], most, [&](const Batch& batch, std::size_t row, std::size_t number) {
            const WentOut& from = matches.outputs[output][number];
            Json one{{"values", rowJson(batch, row)}};
            if (batch.kinds) one["kind"] = toString(batch.kind(row));
            if (from.input >= 0) one["of"] = {{"input", from.input}, {"row", from.row}};
            port["rows"].push_back(std::move(one));
        });
        outputs.push_back(std::move(port));
    }
    return outputs;
}

Json jsonOf(const LookResult& result, const std::string& node, std::size_t most) {
    const RowMatches matches = matchRows(result);
    Json out{{"node", node},
             {"end", endName(result.end)},
             {"sources", Json::array()},
             {"nodes", Json::object()},
             {"inputs", inputsJson(result, matches, most)},
             {"outputs", outputsJson(result, matches, most)},
             {"issues", Json::array()}};
    for (const LookedSource& source : result.sources) {
        out["sources"].push_back({{"node", source.node},
                                  {"rows", source.rows},
                                  {"whole", source.whole},
                                  {"missing", english(source.missing)},
                                  {"mend", english(source.fix)}});
        Json& one = out["sources"].back();
        if (source.heardAt != 0) one["heard_at"] = timeText(source.heardAt);
        for (const SampledBlock& block : source.blocks)
            one["blocks"].push_back({{"file", block.file}, {"offset", block.offset}, {"rows", block.rows}});
    }
    for (const auto& [id, counts] : result.nodes) {
        out["nodes"][id] = {
            {"in", counts.in}, {"out", counts.out}, {"late", counts.late}, {"rejected", counts.rejected}};
    }
    for (const Issue& issue : result.issues) out["issues"].push_back(issueJson(issue));
    if (!result.failed.ok()) out["error"] = english(result.failed.error());
    return out;
}

/// What there is to say besides the rows, on standard error.
void tell(const LookResult& result) {
    printIssues(result.issues);
    for (const Text& note : result.notes) printMessage("note", english(note));
    for (const LookedSource& source : result.sources) {
        if (source.heardAt != 0) {
            printMessage("note", fmt::format("{}: heard {} UTC, {}", source.node, timeText(source.heardAt),
                                             figures::counted(source.rows, "row", "rows")));
        }
        if (source.missing.empty()) continue;
        const std::string fix = source.fix.empty() ? std::string() : " " + english(source.fix);
        printMessage("warning", source.node + ": " + english(source.missing) + fix);
    }
    if (!result.failed.ok()) printMessage("error", english(result.failed.error()));
    if (result.end == LookResult::End::TimeLimit)
        printMessage("warning",
                     "the sample was ended after " + formatDuration(kLongest) + ": these are the first rows");
}

}  // namespace

int sample(const SampleCommand& command, const WithQt& withQt) {
    std::string content;
    const std::optional<Loaded> loaded = load(command.pipeline, &content);
    if (!loaded) return 2;
    if (loaded->pipeline.find(command.node) == nullptr) {
        printMessage("error", fmt::format("the pipeline has no node “{}”", command.node));
        return 2;
    }
    LookRequest request{loaded->pipeline, catalogue()};
    request.validating = validateOptions(command.pipeline);
    request.trust.agreed = command.pipeline.trusted;
    request.node = command.node;
    request.closeOpenWindows = !command.leaveOpen;
    request.longest = kLongest;
    request.limits.spread = command.spread;
    request.heard = heardSources(HeardStore());
    LookResult result = look(request);
    if (command.listen > 0) {
        const std::optional<HeardSources> heard = listenFor(command, withQt, *loaded, content, result);
        if (!heard) return 2;
        request.heard = *heard;
        result = look(request);
    }
    tell(result);
    const std::string text = command.json ? indented(jsonOf(result, command.node, command.rows)) + "\n"
                                          : textOf(result, command.rows);
    const bool nothing = result.end == LookResult::End::None && !command.json;
    if (const Status told = nothing ? Status() : writeOut(text); !told.ok()) {
        printMessage("error", english(told.error()));
        return 1;
    }
    if (result.end == LookResult::End::None || hasErrors(result.issues)) return 2;
    // Rows of a source that was not read are no sample: a script must not take them for one.
    const bool unread = std::any_of(result.sources.begin(), result.sources.end(),
                                    [](const LookedSource& source) { return !source.missing.empty(); });
    return result.failed.ok() && !unread ? 0 : 1;
}

}  // namespace rw::cli
