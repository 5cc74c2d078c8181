// Functions of dates and times.
#include "core/data/text.h"
#include "core/sql/families.h"
#include "core/sql/kernels.h"
#include "core/sql/signatures.h"
#include "core/sql/time_math.h"

namespace rw::sql {

namespace {

Vector evaluateYear(const CallArgs& call) {
    return map<std::int64_t, std::int64_t>(call,
                                           [](Instant time) { return civilFromDays(dayOf(time)).year; });
}

Vector evaluateNow(const CallArgs& call) {
    ColumnBuilder builder(call.call.type);
    builder.append(call.context.runStart);
    return {builder.finish(), true, {}};
}

}  // namespace

void addTimeFunctions(std::vector<ScalarFunction>& functions) {
    functions.push_back({"YEAR", "YEAR(t)", RW_TEXT("sql", "The year of a date or time."), "time", 1, 1,
                         takes("YEAR", {timestampType()}, bigintType()), evaluateYear});
    functions.push_back({"CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP", RW_TEXT("sql", "When the run started."),
                         "time", 0, 0, takes("CURRENT_TIMESTAMP", {}, timestampType()), evaluateNow, false,
                         false});
}

}  // namespace rw::sql
