// Functions that take dates and times apart and compute with them.
#include "core/data/text.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/signatures.h"
#include "core/sql/functions/time_unit.h"
#include "core/sql/time_math.h"

namespace rw::sql {

namespace {

TimeUnit unitOf(const CallArgs& call) {
    return *static_cast<const TimeUnit*>(call.call.prepared.get());
}

SqlError wrongUnit(std::string_view function, std::string_view unit, bool lengths) {
    SqlError error;
    error.message = RW_TEXT("sql", "%1 does not know the unit “%2”.").with(function, unit);
    error.fix =
        lengths ? RW_TEXT("sql",
                          "Units are MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER and YEAR.")
                : RW_TEXT("sql",
                          "Fields are MILLISECOND, SECOND, MINUTE, HOUR, DAY, DOW, ISODOW, DOY, WEEK, MONTH, "
                          "QUARTER, YEAR, ISOYEAR, DECADE, CENTURY, MILLENNIUM and EPOCH.");
    return error;
}

/// A type that is a date or time, or converts to a TIMESTAMP.
Type timeType(Type type) {
    return type.is(TypeId::Date) ? type : timestampType();
}

/// Puts the unit into a typed call, when it is one; `lengths`: fields like DOW are refused.
Parsed<Resolved> withUnit(std::string_view function, Parsed<Resolved> resolved, std::string_view name,
                          bool lengths) {
    auto* const typed = std::get_if<Resolved>(&resolved);
    if (typed == nullptr) return resolved;
    const auto unit = timeUnit(name);
    if (!unit || (lengths && !isLength(*unit))) return wrongUnit(function, name, lengths);
    typed->prepared = std::make_shared<const TimeUnit>(*unit);
    return resolved;
}

// ── Fields ──

Parsed<Resolved> resolveExtract(std::span<const ArgInfo> args, std::string_view unit) {
    return withUnit("EXTRACT", accepts("EXTRACT", {timestampType()}, bigintType())(args, {}), unit, false);
}

Vector extractUnit(const CallArgs& call, TimeUnit unit) {
    return map<std::int64_t, std::int64_t>(call, [unit](Instant time) { return fieldOf(unit, time); });
}
Vector evaluateExtract(const CallArgs& call) {
    return extractUnit(call, unitOf(call));
}
template <TimeUnit unit>
Vector evaluateField(const CallArgs& call) {
    return extractUnit(call, unit);
}

// ── FLOOR and CEIL ──

Resolver resolveRound(std::string_view function) {
    return [function](std::span<const ArgInfo> args, std::string_view unit) {
        const Type type = timeType(args[0].type);
        return withUnit(function, accepts(function, {type}, type)(args, {}), unit, true);
    };
}

template <Instant (*round)(TimeUnit, Instant)>
Vector evaluateRound(const CallArgs& call) {
    const TimeUnit unit = unitOf(call);
    if (call.call.type.is(TypeId::Timestamp)) {
        return map<std::int64_t, std::int64_t>(call, [unit](Instant time) { return round(unit, time); });
    }
    return map<std::int32_t, std::int32_t>(call, [unit](std::int32_t day) {
        return static_cast<std::int32_t>(round(unit, day * kMillisPerDay) / kMillisPerDay);
    });
}

// ── TIMESTAMPADD and TIMESTAMPDIFF ──

/// A DATE stays one while units of a day or more are added.
Parsed<Resolved> resolveAdd(std::span<const ArgInfo> args, std::string_view name) {
    const auto unit = timeUnit(name);
    Type type = timeType(args[1].type);
    if (unit && *unit < TimeUnit::Day) type = timestampType();
    return withUnit("TIMESTAMPADD", accepts("TIMESTAMPADD", {bigintType(), type}, type)(args, {}), name,
                    true);
}

template <class Time>
Vector addTo(const CallArgs& call) {
    const TimeUnit unit = unitOf(call);
    constexpr std::int64_t kScale = std::is_same_v<Time, std::int32_t> ? kMillisPerDay : 1;
    return mapChecked<Time, std::int64_t, Time>(
        call,
        [unit](Time& out, std::int64_t amount, Time time) {
            Instant moved = 0;
            if (!addUnits(moved, time * kScale, amount, unit)) return false;
            moved /= kScale;
            out = static_cast<Time>(moved);
            return out == moved;
        },
        [&call](std::int64_t amount, Time time) {
            return RW_TEXT("sql", "%1 plus %2 units does not fit %3.")
                .with(toText(Value(time), call.call.type), amount, toString(call.call.type));
        });
}

Vector evaluateAdd(const CallArgs& call) {
    return call.call.type.is(TypeId::Date) ? addTo<std::int32_t>(call) : addTo<std::int64_t>(call);
}

Parsed<Resolved> resolveDifference(std::span<const ArgInfo> args, std::string_view unit) {
    return withUnit("TIMESTAMPDIFF",
                    accepts("TIMESTAMPDIFF", {timestampType(), timestampType()}, intType())(args, {}), unit,
                    true);
}

Vector evaluateDifference(const CallArgs& call) {
    const TimeUnit unit = unitOf(call);
    return mapChecked<std::int32_t, std::int64_t, std::int64_t>(
        call,
        [unit](std::int32_t& out, Instant from, Instant to) {
            const std::int64_t between = unitsBetween(unit, from, to);
            out = static_cast<std::int32_t>(between);
            return out == between;
        },
        [unit](Instant from, Instant to) {
            return RW_TEXT("sql", "A difference of %1 units does not fit INT.")
                .with(unitsBetween(unit, from, to));
        });
}

Vector evaluateNow(const CallArgs& call) {
    ColumnBuilder builder(call.call.type);
    builder.append(call.context.runStart);
    return {builder.finish(), true, {}};
}

void addFields(std::vector<ScalarFunction>& functions) {
    const auto add = [&functions](std::string_view name, std::string_view signature, Text help,
                                  Vector (*evaluate)(const CallArgs&)) {
        functions.push_back({name, signature, std::move(help), "time", 1, 1,
                             accepts(name, {timestampType()}, bigintType()), evaluate});
    };
    add("YEAR", "YEAR(t)", RW_TEXT("sql", "The year."), evaluateField<TimeUnit::Year>);
    add("MONTH", "MONTH(t)", RW_TEXT("sql", "The month, 1 to 12."), evaluateField<TimeUnit::Month>);
    add("DAYOFMONTH", "DAYOFMONTH(t)", RW_TEXT("sql", "The day of the month, 1 to 31."),
        evaluateField<TimeUnit::Day>);
    add("DAYOFWEEK", "DAYOFWEEK(t)", RW_TEXT("sql", "The day of the week; 1 is Sunday."),
        evaluateField<TimeUnit::DayOfWeek>);
    add("HOUR", "HOUR(t)", RW_TEXT("sql", "The hour, 0 to 23."), evaluateField<TimeUnit::Hour>);
    add("MINUTE", "MINUTE(t)", RW_TEXT("sql", "The minute, 0 to 59."), evaluateField<TimeUnit::Minute>);
    add("SECOND", "SECOND(t)", RW_TEXT("sql", "The second, 0 to 59."), evaluateField<TimeUnit::Second>);
}

}  // namespace

void addTimeFunctions(std::vector<ScalarFunction>& functions) {
    functions.push_back(
        {"EXTRACT", "EXTRACT(unit FROM t)",
         RW_TEXT("sql", "A field of a time: YEAR, WEEK (ISO), DOY, DOW (1 is Sunday), HOUR …"), "time", 1, 1,
         resolveExtract, evaluateExtract});
    addFields(functions);
    functions.push_back({"FLOOR TO", "FLOOR(t TO unit)",
                         RW_TEXT("sql", "The start of the unit that a time lies in; weeks start on Sunday."),
                         "time", 1, 1, resolveRound("FLOOR"), evaluateRound<floorTo>});
    functions.push_back({"CEIL TO", "CEIL(t TO unit)",
                         RW_TEXT("sql", "The next start of a unit, or the time itself where one starts."),
                         "time", 1, 1, resolveRound("CEIL"), evaluateRound<ceilTo>});
    functions.push_back(
        {"TIMESTAMPADD", "TIMESTAMPADD(unit, n, t)",
         RW_TEXT("sql", "The time n units later; the last day of a month where it has no such day."), "time",
         2, 2, resolveAdd, evaluateAdd, true});
    functions.push_back({"TIMESTAMPDIFF", "TIMESTAMPDIFF(unit, from, to)",
                         RW_TEXT("sql", "How many whole units lie between two times."), "time", 2, 2,
                         resolveDifference, evaluateDifference, true});
    functions.push_back({"CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP", RW_TEXT("sql", "When the run started."),
                         "time", 0, 0, accepts("CURRENT_TIMESTAMP", {}, timestampType()), evaluateNow, false,
                         false});
}

}  // namespace rw::sql
