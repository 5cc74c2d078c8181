// Dates and times in Spark SQL. Its fields are INT, its weeks start on Monday, and it counts months by its
// own rule.
#include <fmt/format.h>

#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

std::string asBigint(std::string_view value) {
    return fmt::format("CAST({} AS BIGINT)", value);
}

/// EXTRACT(unit FROM t), t being a TIMESTAMP.
std::string sparkField(std::string_view unit, const std::string& time) {
    const auto field = [&time](std::string_view name) { return asBigint(sparkCall(name, {time}).text); };
    const auto year = sparkCall("YEAR", {time}).text;
    if (unit == "MILLISECOND") return sparkCall("PMOD", {sparkCall("UNIX_MILLIS", {time}).text, "1000"}).text;
    if (unit == "EPOCH") return sparkCall("UNIX_SECONDS", {time}).text;
    if (unit == "DAY") return field("DAYOFMONTH");
    if (unit == "WEEK") return field("WEEKOFYEAR");
    if (unit == "DOW") return field("DAYOFWEEK");
    if (unit == "ISODOW") return asBigint(sparkCall("WEEKDAY", {time}).text + " + 1");
    if (unit == "DOY") return field("DAYOFYEAR");
    if (unit == "ISOYEAR") return asBigint(fmt::format("EXTRACT(YEAROFWEEK FROM {})", time));
    if (unit == "DECADE") return asBigint(year + " DIV 10");
    if (unit == "CENTURY") return asBigint(fmt::format("({} + 99) DIV 100", year));
    if (unit == "MILLENNIUM") return asBigint(fmt::format("({} + 999) DIV 1000", year));
    return field(unit);
}

Written writeSparkExtract(CallForm& call) {
    return {sparkField(call.call().unit, call.text(0))};
}

Written writeSparkField(CallForm& call) {
    return {sparkField(call.call().name, call.text(0))};
}

// ── FLOOR and CEIL ──

bool isDateUnit(std::string_view unit) {
    return unit == "WEEK" || unit == "MONTH" || unit == "QUARTER" || unit == "YEAR";
}

std::string_view lengthOf(std::string_view unit) {
    if (unit == "SECOND") return "INTERVAL '1' SECOND";
    if (unit == "MINUTE") return "INTERVAL '1' MINUTE";
    if (unit == "HOUR") return "INTERVAL '1' HOUR";
    if (unit == "DAY") return "INTERVAL '1' DAY";
    if (unit == "MONTH") return "INTERVAL '1' MONTH";
    return unit == "QUARTER" ? "INTERVAL '3' MONTH" : "INTERVAL '12' MONTH";
}

Written truncated(std::string_view unit, std::string_view time) {
    return sparkCall("DATE_TRUNC", {sparkText(unit), time});
}

Written floorOfDate(std::string_view unit, const Written& date) {
    if (unit == "WEEK") return {fmt::format("DATE_SUB(TRUNC(DATE_ADD({}, 1), 'WEEK'), 1)", date.text)};
    return isDateUnit(unit) ? sparkCall("TRUNC", {date.text, sparkText(unit)}) : date;
}

Written writeSparkFloor(CallForm& call) {
    const std::string& unit = call.call().unit;
    const Written time = call.written(0);
    if (call.part().type.is(TypeId::Date)) return floorOfDate(unit, time);
    if (unit != "WEEK") return truncated(unit, time.text);
    const std::string day = "INTERVAL '1' DAY";
    return {fmt::format("{} - {}", truncated(unit, time.in(Binding::Add) + " + " + day).text, day),
            Binding::Add};
}

Written ceilOfDate(std::string_view unit, const Written& date) {
    if (unit == "WEEK") return {fmt::format("DATE_ADD(TRUNC({}, 'WEEK'), 6)", date.text)};
    if (!isDateUnit(unit)) return date;
    const std::string_view months = unit == "MONTH" ? "1" : unit == "QUARTER" ? "3" : "12";
    const std::string last = sparkCall("DATE_SUB", {date.text, "1"}).text;
    if (unit != "QUARTER") return {fmt::format("ADD_MONTHS(TRUNC({}, '{}'), {})", last, unit, months)};
    return {fmt::format("IF({0} = TRUNC({1}, 'YEAR'), {1}, ADD_MONTHS(TRUNC({1}, 'QUARTER'), 3))",
                        date.in(Binding::Add), date.text)};
}

/// The start after the last millisecond before the time. Of quarters' starts only January's stays itself.
Written writeSparkCeil(CallForm& call) {
    const std::string& unit = call.call().unit;
    const Written time = call.written(0);
    if (call.part().type.is(TypeId::Date)) return ceilOfDate(unit, time);
    if (unit == "MILLISECOND") return time;
    const std::string tight = time.in(Binding::Add);
    if (unit == "WEEK") {
        return {truncated(unit, tight + " + INTERVAL '86399.999' SECOND").text + " + INTERVAL '6' DAY",
                Binding::Add};
    }
    if (unit == "QUARTER") {
        return {fmt::format("IF({} = {}, {}, {} + INTERVAL '3' MONTH)", tight,
                            truncated("YEAR", time.text).text, time.text, truncated(unit, time.text).text)};
    }
    return {
        fmt::format("{} + {}", truncated(unit, tight + " - INTERVAL '0.001' SECOND").text, lengthOf(unit)),
        Binding::Add};
}

// ── TIMESTAMPADD and TIMESTAMPDIFF ──

Written writeSparkShift(CallForm& call) {
    sparkMayFail(call);
    // Microseconds overflow some 290 000 years away, which ends the job.
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "all years lie between 1 and 9999"));
    Written moved = sparkCall("TIMESTAMPADD", {call.call().unit, call.text(0), call.text(1)});
    return call.part().type.is(TypeId::Date) ? Written{fmt::format("CAST({} AS DATE)", moved.text)} : moved;
}

/// Whole months by the days, as Flink counts them; a day that has been reached, but earlier in it, takes one
/// off. Names for both times and the difference of their months are made by TRANSFORM.
std::string monthsBetween(const std::string& from, const std::string& to) {
    constexpr std::string_view kMonths =
        "GET(TRANSFORM(TRANSFORM(ARRAY(NAMED_STRUCT('a', {}, 'b', {})), "
        "t -> NAMED_STRUCT('a', t.a, 'b', t.b, 'm', (YEAR(t.b) - YEAR(t.a)) * 12 + MONTH(t.b) - "
        "MONTH(t.a))), "
        "t -> t.m + CASE "
        "WHEN DATE(t.b) >= DATE(t.a) AND ADD_MONTHS(t.a, t.m) > DATE(t.b) THEN -1 "
        "WHEN DATE(t.b) < DATE(t.a) AND ADD_MONTHS(t.b, -t.m) > DATE(t.a) THEN 1 "
        "WHEN ADD_MONTHS(t.a, t.m) = DATE(t.b) AND t.b - DATE_TRUNC('DAY', t.b) < t.a - DATE_TRUNC('DAY', "
        "t.a) "
        "THEN -1 ELSE 0 END), 0)";
    return fmt::format(kMonths, from, to);
}

Written writeSparkDifference(CallForm& call) {
    sparkMayFail(call);
    const std::string& unit = call.call().unit;
    const std::string from = call.text(0), to = call.text(1);
    if (unit == "MONTH") return {monthsBetween(from, to)};
    if (unit == "QUARTER" || unit == "YEAR") {
        return {fmt::format("CAST({} DIV {} AS INT)", monthsBetween(from, to), unit == "YEAR" ? 12 : 3)};
    }
    return {fmt::format("{}(TIMESTAMPDIFF({}, {}, {}) AS INT)", call.nullOnError() ? "TRY_CAST" : "CAST",
                        unit, from, to)};
}

}  // namespace

void addSparkTimes(std::vector<FunctionForm>& forms) {
    forms.push_back({.name = "EXTRACT", .write = writeSparkExtract});
    for (const char* const name : {"YEAR", "MONTH", "DAYOFMONTH", "DAYOFWEEK", "HOUR", "MINUTE", "SECOND"}) {
        forms.push_back({.name = name, .write = writeSparkField});
    }
    forms.push_back({.name = "FLOOR TO", .write = writeSparkFloor});
    forms.push_back({.name = "CEIL TO", .write = writeSparkCeil});
    forms.push_back({.name = "TIMESTAMPADD", .write = writeSparkShift});
    forms.push_back({.name = "TIMESTAMPDIFF", .write = writeSparkDifference});
    forms.push_back(
        {.name = "CURRENT_TIMESTAMP",
         .verdict = Verdict::Approximated,
         .pattern = "DATE_TRUNC('MILLISECOND', CURRENT_TIMESTAMP())",
         .what = RW_TEXT("deploy",
                         "In Spark it is the start of each batch of rows; here it is the start of the "
                         "run."),
         .fix = RW_TEXT("deploy", "Give the time as a variable of the pipeline.")});
}

}  // namespace rw
