#include "core/python/answer_frames.h"

#include <algorithm>
#include <cstring>

#include "core/data/utf8.h"
#include "core/pipeline/pipeline.h"
#include "core/python/column_frames.h"
#include "core/python/sandbox.h"

namespace rw {

namespace {

constexpr int kMostOfOneRow = 100'000;         // rows
constexpr std::int64_t kMostBytes = 64 << 20;  // of one text, and of one row's
constexpr int kEnoughRows = 65'536;            // for an answer
constexpr std::int64_t kEnoughBytes = 8 << 20;
constexpr std::int64_t kMostState = 16 << 20;
/// And threads, in a sandbox, where its own count; elsewhere all of this user would. Root is not held to it.
constexpr int kMostProcesses = 256;
constexpr std::size_t kMostReason = 2'000;

Json columnsOf(const Schema& schema) {
    Json columns = Json::array();
    for (const Field& field : schema.fields) {
        std::string type = toString(field.type);
        type = type.substr(0, type.find('('));
        columns.push_back(Json::array({field.name, type, field.type.precision, field.type.scale}));
    }
    return columns;
}

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A field of an answer's head that is an array; an empty one where it is missing.
const Json& listOf(const Json& head, const char* name) {
    static const Json none = Json::array();
    const auto found = head.find(name);
    return found != head.end() && found->is_array() ? *found : none;
}

Status takeErrors(const Json& head, PythonAnswer& answer) {
    for (const Json& one : listOf(head, "errors")) {
        if (!one.is_array() || one.size() != 2 || !one[0].is_number_unsigned() || !one[1].is_string())
            return brokenAnswer();
        const auto row = one[0].get<std::uint64_t>();
        if (row >= answer.used) return brokenAnswer();
        answer.errors.emplace_back(static_cast<std::uint32_t>(row),
                                   excerpt(one[1].get<std::string>(), kMostReason));
    }
    std::stable_sort(answer.errors.begin(), answer.errors.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto again = std::unique(answer.errors.begin(), answer.errors.end(),
                                   [](const auto& a, const auto& b) { return a.first == b.first; });
    answer.errors.erase(again, answer.errors.end());
    return {};
}

Status takeHead(const Json& head, const PythonCall& call, PythonAnswer& answer) {
    if (!head.is_object()) return brokenAnswer();
    const auto used = head.find("used");
    if (used == head.end() || !used->is_number_unsigned()) return brokenAnswer();
    answer.used = std::min<std::size_t>(used->get<std::uint64_t>(), call.rows);
    if (answer.used == 0 && call.rows > 0) return brokenAnswer();
    RW_TRY(takeErrors(head, answer));
    for (const Json& state : listOf(head, "states")) {
        if (!state.is_string()) return brokenAnswer();
        answer.states.push_back(state.get<std::string>());
    }
    if (answer.states.size() != call.states.size()) return brokenAnswer();
    if (const auto state = head.find("state"); state != head.end() && state->is_string())
        answer.state = state->get<std::string>();
    return {};
}

}  // namespace

std::string setupBody(const PythonFunction& function, const std::string& state) {
    Json setup{{"code", function.code},
               {"inputs", columnsOf(*function.input)},
               {"outputs", columnsOf(*function.output)},
               {"time", function.time},
               {"batches", function.batches},
               {"splits", function.splits && !function.stateful},
               {"stateful", function.stateful},
               {"keyed", function.keyed},
               {"seconds", static_cast<double>(function.timeLimit) / 1e3},
               {"most", kMostBytes},
               {"fan", kMostOfOneRow},
               {"enough", kEnoughRows},
               {"enough_bytes", kEnoughBytes},
               {"most_state", kMostState},
               {"processes", sandbox().works ? kMostProcesses : 0}};
    if (!state.empty()) setup["state"] = state;
    return dumped(setup);
}

std::string callBody(const PythonFunction& function, const PythonCall& call) {
    Json head = Json::object();
    if (function.keyed) head["states"] = call.states;
    const std::string text = dumped(head);
    std::string body;
    append64(body, text.size());
    appendPadded(body, text);
    for (std::size_t i = 0; i < function.input->size(); ++i) {
        if (const ColumnRef& column = call.batch.columns[i]) {
            appendFrame(body, *column, call.from, call.rows);
        } else {
            appendNullFrame(body, function.input->fields[i].type, call.rows);
        }
    }
    if (!function.keyed) return body;
    append64(body, 0);
    append64(body, call.keys.size() * sizeof(std::int32_t));
    appendPadded(body,
                 {reinterpret_cast<const char*>(call.keys.data()), call.keys.size() * sizeof(std::int32_t)});
    return body;
}

Result<PythonAnswer> readAnswer(std::string_view body, std::size_t rows, const PythonFunction& function,
                                const PythonCall& call) {
    PythonAnswer answer;
    std::uint64_t size = 0;
    RW_TRY_ASSIGN(const std::string_view first, takePadded(body, sizeof size));
    std::memcpy(&size, first.data(), sizeof size);
    RW_TRY_ASSIGN(const std::string_view head, takePadded(body, size));
    RW_TRY(takeHead(Json::parse(head, nullptr, false), call, answer));
    RW_TRY_ASSIGN(const std::string_view origins, takePadded(body, rows * sizeof(std::uint32_t)));
    answer.origins.resize(rows);
    if (rows > 0) std::memcpy(answer.origins.data(), origins.data(), origins.size());
    for (std::size_t i = 0; i < rows; ++i) {
        if (answer.origins[i] >= answer.used || (i > 0 && answer.origins[i] < answer.origins[i - 1]))
            return brokenAnswer();
    }
    for (const Field& field : function.output->fields) {
        RW_TRY_ASSIGN(ColumnRef column, takeFrame(body, field.type, rows));
        const auto same = function.input->find(field.name);
        if (!column && (!same || function.input->fields[static_cast<std::size_t>(*same)].type != field.type))
            return brokenAnswer();
        answer.columns.push_back(std::move(column));
    }
    return answer;
}

}  // namespace rw
