#include "core/stream/lineage/keyed_match.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

bool fails(const sql::BoundRef& expression, const Batch& row, const sql::EvalContext& eval) {
    if (!expression || !sql::canFail(*expression)) return false;
    const sql::Vector value = sql::evaluate(*expression, row, eval);
    return value.errors && !value.errors->empty();
}

}  // namespace

std::shared_ptr<RowMatch> rowsOfKeys(const AskedRow& asked, const std::vector<int>& keys, int first) {
    auto match = std::make_shared<RowMatch>();
    match->asked = asked.row;
    match->asKeys = true;
    for (std::size_t i = 0; i < keys.size(); ++i)
        match->equal.push_back({keys[i], first < 0 ? keys[i] : first + static_cast<int>(i)});
    return match;
}

Text keysWords(const AskedRow& asked, std::size_t keys, int first) {
    const Text with = cellsText(asked.row, 0, columnsFrom(static_cast<std::size_t>(first), keys));
    if (english(with).empty()) return RW_TEXT("lineage", "all rows");
    return RW_TEXT("lineage", "rows with %1").with(with);
}

std::vector<int> columnsFrom(std::size_t first, std::size_t count) {
    std::vector<int> columns;
    for (std::size_t i = 0; i < count; ++i) columns.push_back(static_cast<int>(first + i));
    return columns;
}

std::function<bool(const Batch&, std::size_t)> computable(const std::vector<sql::BoundAggregate>& aggregates,
                                                          const AskedRow& asked) {
    const auto canFail = [](const sql::BoundAggregate& aggregate) {
        return (aggregate.argument && sql::canFail(*aggregate.argument)) ||
               (aggregate.filter && sql::canFail(*aggregate.filter));
    };
    if (asked.nullOnError || std::none_of(aggregates.begin(), aggregates.end(), canFail)) return nullptr;
    return [&aggregates, eval = asked.eval](const Batch& rows, std::size_t row) {
        const Batch one = rows.slice(row, 1);
        return std::none_of(aggregates.begin(), aggregates.end(), [&](const sql::BoundAggregate& aggregate) {
            return fails(aggregate.argument, one, eval) || fails(aggregate.filter, one, eval);
        });
    };
}

Contributors rowsOfSpan(std::shared_ptr<RowMatch> match, const AskedRow& asked, const SpanColumns& span) {
    const auto start = knownTime(asked, span.start), end = knownTime(asked, span.end);
    match->eventTime = span.eventTime;
    match->late = RowMatch::Late::ByTime;
    if (start && !span.earlier) match->from = *start;
    if (end) match->until = saturatingAdd(*end, 1);
    std::vector<int> keys;
    for (const ColumnPair& pair : match->equal) keys.push_back(pair.asked);
    const Text with = cellsText(asked.row, 0, keys);
    Text words = RW_TEXT("lineage", "rows of the match");
    if (start && end && !english(with).empty()) {
        words =
            RW_TEXT("lineage", "rows with %1 from %2 up to %3").with(with, timeText(*start), timeText(*end));
    } else if (start && end) {
        words = RW_TEXT("lineage", "rows from %1 up to %2").with(timeText(*start), timeText(*end));
    }
    return {0, std::move(match), std::move(words)};
}

}  // namespace rw
