// Dates and times in Flink's words.
#include <algorithm>
#include <array>

#include "core/deploy/flink/dialect.h"

namespace rw {

namespace {

bool takesDate(const CallForm& call, std::size_t i) {
    return call.typed(i).type.is(TypeId::Date);
}

/// Whether a unit is shorter than a day.
bool isClockUnit(std::string_view unit) {
    constexpr std::array<std::string_view, 4> kUnits{"HOUR", "MINUTE", "SECOND", "MILLISECOND"};
    return std::find(kUnits.begin(), kUnits.end(), unit) != kUnits.end();
}

/// Flink rounds times before 1970 to the wrong side.
void flinkSince1970(const CallForm& call) {
    if (takesDate(call, 0)) return;
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no time is before 1970"));
}

// ── Fields ──

/// A field that Flink may not have, of those that it has.
std::string_view flinkFieldOf(std::string_view unit) {
    if (unit == "ISODOW") return "CAST(MOD(EXTRACT(DOW FROM $1) + 5, 7) + 1 AS BIGINT)";
    if (unit == "ISOYEAR") {
        return "EXTRACT(YEAR FROM TIMESTAMPADD(DAY, CAST(3 - MOD(EXTRACT(DOW FROM $1) + 5, 7) AS INT), $1))";
    }
    if (unit == "DECADE") return "(EXTRACT(YEAR FROM $1) / 10)";
    if (unit == "CENTURY") return "((EXTRACT(YEAR FROM $1) + 99) / 100)";
    if (unit == "MILLENNIUM") return "((EXTRACT(YEAR FROM $1) + 999) / 1000)";
    if (unit == "EPOCH") {
        // Days, for the minutes of far years are more than an INT.
        return "(CAST(TIMESTAMPDIFF(DAY, TIMESTAMP '1970-01-01 00:00:00', $1) AS BIGINT) * 86400 + "
               "EXTRACT(HOUR FROM $1) * 3600 + EXTRACT(MINUTE FROM $1) * 60 + EXTRACT(SECOND FROM $1))";
    }
    return {};
}

Written flinkExtract(CallForm& call) {
    flinkSince1970(call);
    const std::string& unit = call.call().unit;
    const std::string_view pattern = flinkFieldOf(unit);
    if (!pattern.empty()) return call.filled(pattern);
    // A date has no hours until it is made a time.
    if (takesDate(call, 0) && !isClockUnit(unit))
        return {"EXTRACT(" + unit + " FROM " + call.plain(0).text + ")"};
    return call.filled("EXTRACT($u FROM $1)");
}

Written flinkField(CallForm& call) {
    flinkSince1970(call);
    const std::string& name = call.call().name;
    const bool asIs = takesDate(call, 0) && !isClockUnit(name);
    return {name + "(" + (asIs ? call.plain(0).text : call.text(0)) + ")"};
}

// ── FLOOR and CEIL ──

/// Whether every time of the argument's type begins such a unit.
bool beginsUnit(const CallForm& call) {
    const std::string& unit = call.call().unit;
    return unit == "MILLISECOND" || (takesDate(call, 0) && (unit == "DAY" || isClockUnit(unit)));
}

/// Units that the calendar makes of days.
bool isLongUnit(std::string_view unit) {
    return unit == "WEEK" || unit == "MONTH" || unit == "QUARTER" || unit == "YEAR";
}

/// Of dates Flink finds the starts of such units by the calendar of before 1582.
void flinkCalendar(const CallForm& call) {
    flinkSince1970(call);
    if (takesDate(call, 0)) call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no day is before 1582-10-15"));
}

Written flinkFloor(CallForm& call) {
    if (beginsUnit(call)) return call.written(0);
    if (isLongUnit(call.call().unit)) flinkCalendar(call);
    return call.filled("FLOOR($1 TO $u)");
}

/// CEIL TO WEEK, MONTH, QUARTER and YEAR of Flink forget the time on a unit's first day.
Written flinkCeil(CallForm& call) {
    if (beginsUnit(call)) return call.written(0);
    flinkYears(call);
    const std::string& unit = call.call().unit;
    if (!isLongUnit(unit)) return call.filled("CEIL($1 TO $u)");
    flinkCalendar(call);
    const std::string_view length = unit == "WEEK"      ? "'7' DAY"
                                    : unit == "QUARTER" ? "'3' MONTH"
                                    : unit == "MONTH"   ? "'1' MONTH"
                                                        : "'1' YEAR";
    // Of the starts of quarters, only January's is the start of its year as well.
    const std::string start = unit == "QUARTER" ? "YEAR" : unit;
    return call.filled("CASE WHEN $1 = FLOOR($1 TO " + start + ") THEN $1 ELSE FLOOR($1 TO " + unit +
                       ") + INTERVAL " + std::string(length) + " END");
}

// ── TIMESTAMPADD and TIMESTAMPDIFF ──

Written flinkAdd(CallForm& call) {
    flinkYears(call);
    const std::string& unit = call.call().unit;
    if (unit == "MILLISECOND") {
        return {call.in(1, Binding::Add) + " + INTERVAL '0.001' SECOND * " + call.in(0, Binding::Unary),
                Binding::Add};
    }
    if (unit == "QUARTER") {
        return {"TIMESTAMPADD(MONTH, " + call.in(0, Binding::Multiply) + " * 3, " + call.text(1) + ")"};
    }
    return call.filled("TIMESTAMPADD($u, $*)");
}

Written flinkBetweenTimes(CallForm& call) {
    const std::string& unit = call.call().unit;
    const bool isShort = unit == "MILLISECOND" || unit == "SECOND";
    if (isShort) {
        call.find(Verdict::Exact, {},
                  RW_TEXT("deploy", "no value overflows %1").with(toString(Type::of(TypeId::Int))));
    }
    // Its weeks are milliseconds in an INT.
    if (unit == "WEEK") return call.filled("TIMESTAMPDIFF(DAY, $*) / 7", Binding::Multiply);
    if (unit != "MILLISECOND") return call.filled("TIMESTAMPDIFF($u, $*)");
    return call.filled(
        "CAST(TIMESTAMPDIFF(SECOND, FLOOR($1 TO SECOND), FLOOR($2 TO SECOND)) * 1000 + "
        "EXTRACT(MILLISECOND FROM $2) - EXTRACT(MILLISECOND FROM $1) AS INT)");
}

// ── To and from texts ──

/// Whether the pattern, argument 2, has words in it, which Java takes from the language of its computer.
bool hasJavaWords(const CallForm& call) {
    const auto* const text = std::get_if<std::string>(&call.argument(1).value);
    if (text == nullptr || call.hasVariables(1)) return true;
    bool quoted = false;
    for (std::size_t at = 0; at < text->size(); ++at) {
        const char c = (*text)[at];
        quoted = quoted != (c == '\'');
        const bool isKeyword =
            c == 'E' || c == 'a' || text->compare(at, 3, "MMM") == 0 || text->compare(at, 3, "LLL") == 0;
        if (!quoted && isKeyword) return true;
    }
    return false;
}

/// Of a call whose argument 2 is a pattern of dates.
void flinkFindWords(const CallForm& call) {
    if (call.part().canFail && call.argument(1).kind != sql::Expr::Kind::Literal) call.findFailing();
    if (!hasJavaWords(call)) return;
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "Flink's computers speak English"));
}

Written flinkDateFormat(CallForm& call) {
    flinkFindWords(call);
    return call.filled("DATE_FORMAT($*)");
}

Written flinkToTimestamp(CallForm& call) {
    if (call.count() > 1) {
        flinkFindWords(call);
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "every text fits its pattern"));
    }
    return call.filled("TO_TIMESTAMP($*)");
}

Written flinkToDate(CallForm& call) {
    if (call.count() > 1) {
        flinkFindWords(call);
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "every text fits its pattern"));
    } else {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no text is a number alone"));
    }
    return call.filled("TO_DATE($*)");
}

Written flinkUnixTimestamp(CallForm& call) {
    if (call.count() == 0) {
        call.find(Verdict::Approximated,
                  RW_TEXT("deploy", "Flink reads the clock at each row; here it is the start of the run."),
                  {}, RW_TEXT("deploy", "Give the time as a variable of the pipeline."));
        return {"UNIX_TIMESTAMP()"};
    }
    if (call.count() > 1) flinkFindWords(call);
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "every text fits its pattern"));
    if (call.localZone())
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "the cluster's time zone is this computer's"));
    return call.filled("UNIX_TIMESTAMP($*)");
}

}  // namespace

void addFlinkTime(std::vector<FunctionForm>& rows) {
    rows.push_back(flinkWritten("EXTRACT", flinkExtract));
    for (const char* const name : {"YEAR", "MONTH", "DAYOFMONTH", "DAYOFWEEK", "HOUR", "MINUTE", "SECOND"})
        rows.push_back(flinkWritten(name, flinkField));
    rows.push_back(flinkWritten("FLOOR TO", flinkFloor));
    rows.push_back(flinkWritten("CEIL TO", flinkCeil));
    rows.push_back(flinkWritten("TIMESTAMPADD", flinkAdd));
    rows.back().mixesNumbers = true;
    rows.push_back(flinkWritten("TIMESTAMPDIFF", flinkBetweenTimes));
    FunctionForm now = flinkSame("CURRENT_TIMESTAMP", "CAST(CURRENT_TIMESTAMP AS TIMESTAMP(3))");
    now.verdict = Verdict::Approximated;
    now.what =
        RW_TEXT("deploy",
                "Flink reads the clock at each row, in the pipeline's time zone; here it is the start of the "
                "run, in UTC.");
    now.fix = RW_TEXT("deploy", "Give the time as a variable of the pipeline.");
    rows.push_back(std::move(now));
    rows.push_back(flinkWritten("DATE_FORMAT", flinkDateFormat));
    rows.push_back(flinkWritten("TO_TIMESTAMP", flinkToTimestamp));
    rows.push_back(flinkWritten("TO_DATE", flinkToDate));
    rows.push_back(flinkWritten("UNIX_TIMESTAMP", flinkUnixTimestamp));
}

}  // namespace rw
