#include "core/cluster/layout/operator_text.h"

#include <fmt/format.h>
#include <re2/re2.h>

namespace rw {

bool isPassage(const FlinkOperator& made) {
    return made.type == "Calc" || made.type == "StreamRecordTimestampInserter";
}

std::optional<std::string> conditionOf(const FlinkOperator& made) {
    static constexpr std::string_view kWhere = "], where=[";
    const std::size_t where = made.type == "Calc" ? made.text.find(kWhere) : std::string::npos;
    if (where == std::string::npos) return std::nullopt;
    std::string condition = made.text.substr(where + kWhere.size());
    if (condition.ends_with(']')) condition.pop_back();
    return condition;
}

bool isWindowGuard(const std::string& condition) {
    static const RE2 kStamp(R"(\(([^\s()]+) IS NULL OR .*)");
    std::string stamp;
    return RE2::FullMatch(condition, kStamp, &stamp) &&
           condition == fmt::format("({0} IS NULL OR ({0} < CAST(window_time AS TIMESTAMP(3))))", stamp);
}

bool isSortCount(const std::string& condition) {
    static const RE2 kCount(R"(\(w\d+\$o\d+ > 0\))");
    return RE2::FullMatch(condition, kCount);
}

std::string scannedTable(const FlinkOperator& made) {
    // “table=[[default_catalog, default_database, bids$cells]], fields=[…]”, with “, filter=[…]” in it at
    // times
    static const RE2 kTable(R"(table=\[\[[^,\]]*, [^,\]]*, ([^,\]]+)[,\]])");
    std::string table;
    if (made.type == "TableSourceScan") RE2::PartialMatch(made.text, kTable, &table);
    return table;
}

bool hasWindow(const FlinkOperator& made, const std::string& kind) {
    return made.text.find("[" + kind + "(") != std::string::npos;
}

}  // namespace rw
