// Dates and times to and from text.
#include "core/data/text.h"
#include "core/data/trim.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/date_pattern.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/signatures.h"
#include "core/sql/functions/zone_rule.h"
#include "core/sql/time_math.h"
#include "core/sql/time_text.h"

namespace rw::sql {

namespace {

/// The pattern of a call: one for all rows where it is a literal, else that of the row, kept while it is the
/// same.
class Patterns {
 public:
    explicit Patterns(const CallArgs& call)
        : m_fixed(static_cast<const DatePattern*>(call.call.prepared.get())) {}
    /// Null when the text is no pattern.
    const DatePattern* of(std::string_view text) {
        if (m_fixed != nullptr) return m_fixed;
        if (!m_current || m_text != text) {
            m_text = text;
            m_current = DatePattern::compile(text);
        }
        return std::get_if<DatePattern>(&*m_current);
    }

 private:
    const DatePattern* m_fixed;
    std::string m_text;
    std::optional<std::variant<DatePattern, Text>> m_current;
};

/// Compiles a literal pattern, argument 2.
Parsed<Resolved> resolvePattern(Parsed<Resolved> resolved, std::span<const ArgInfo> args) {
    auto* const typed = std::get_if<Resolved>(&resolved);
    const auto* const text =
        args.size() > 1 && args[1].literal ? std::get_if<std::string>(args[1].literal) : nullptr;
    if (typed == nullptr || text == nullptr) return resolved;
    auto compiled = DatePattern::compile(*text);
    if (auto* const wrong = std::get_if<Text>(&compiled)) {
        SqlError error;
        error.message = std::move(*wrong);
        error.fix =
            RW_TEXT("sql", "A pattern is written like yyyy-MM-dd HH:mm:ss.SSS; text in it stands in quotes.");
        error.position = 2;
        return error;
    }
    typed->prepared = std::make_shared<const DatePattern>(std::get<DatePattern>(std::move(compiled)));
    typed->safe = true;
    return resolved;
}

/// A text read by a pattern.
Resolver readsText(std::string_view function, Type result) {
    return [function, result](std::span<const ArgInfo> args, std::string_view) {
        auto resolved = accepts(function, {stringType(), stringType()}, result)(args, {});
        if (auto* const typed = std::get_if<Resolved>(&resolved)) typed->safe = args.size() < 2;
        return resolvePattern(std::move(resolved), args);
    };
}

Text wrongPattern(std::string_view pattern) {
    auto compiled = DatePattern::compile(pattern);
    auto* const wrong = std::get_if<Text>(&compiled);
    return wrong != nullptr ? std::move(*wrong) : Text{};
}

/// Reads a text: by its own form with one argument, else by the pattern. convert(Instant) → Out. A text that
/// can't be read is NULL, an invalid pattern an error.
template <class Out, class ReadPlain, class Convert>
Vector readText(const CallArgs& call, const ReadPlain& readPlain, const Convert& convert) {
    if (call.args.size() == 1) {
        return mapNullable<Out, std::string_view>(call, [&](Out& out, std::string_view text) {
            const auto value = readPlain(text);
            if (value) out = *value;
            return value.has_value();
        });
    }
    Patterns patterns(call);
    Output out(call, sizeof(Out));
    const auto texts = kernel::anyReader<std::string_view>(call.args[0]);
    const auto forms = kernel::anyReader<std::string_view>(call.args[1]);
    for (std::size_t row = 0; row < out.rows(); ++row) {
        if (out.isNull(row)) continue;
        const DatePattern* const pattern = patterns.of(forms[row]);
        if (pattern == nullptr) {
            out.fail(row, wrongPattern(forms[row]));
        } else if (const auto time = pattern->parse(texts[row])) {
            out.values<Out>()[row] = convert(*time);
        } else {
            out.setNull(row);
        }
    }
    return out.finish();
}

Vector evaluateToTimestamp(const CallArgs& call) {
    return readText<std::int64_t>(call, timestampOfText, [](Instant time) { return time; });
}

Vector evaluateToDate(const CallArgs& call) {
    return readText<std::int32_t>(call, dateOfText,
                                  [](Instant time) { return static_cast<std::int32_t>(dayOf(time)); });
}

// ── DATE_FORMAT ──

Parsed<Resolved> resolveFormat(std::span<const ArgInfo> args, std::string_view) {
    // A text is read as a time first.
    ArgInfo time = args[0];
    if (time.type.is(TypeId::String)) time.type = timestampType();
    const std::array<ArgInfo, 2> typed{time, args[1]};
    auto resolved = accepts("DATE_FORMAT", {timestampType(), stringType()}, stringType())(typed, {});
    return resolvePattern(std::move(resolved), args);
}

Vector evaluateFormat(const CallArgs& call) {
    Patterns patterns(call);
    return mapText<std::int64_t, std::string_view>(
        call,
        [&patterns](std::string& out, Instant time, std::string_view form) {
            const DatePattern* const pattern = patterns.of(form);
            if (pattern == nullptr) return Made::Error;
            pattern->format(out, time);
            return Made::Value;
        },
        [](Instant, std::string_view form) { return wrongPattern(form); });
}

// ── UNIX_TIMESTAMP ──

/// The seconds since the epoch at which clocks show `local`. A part of a second is cut off from the number,
/// so that before 1970 the second after it counts: Flink divides milliseconds as Java does.
std::int64_t epochSeconds(Instant local, const ZoneClock& zone) {
    const std::int64_t shown = floorDivide(local, 1'000);
    const std::int64_t seconds = shown - zone.offsetSeconds(shown);
    return seconds < 0 && local % 1'000 != 0 ? seconds + 1 : seconds;
}

/// The same of a text without a pattern, in which Flink does not read parts of a second at all. A date alone
/// says no time.
std::optional<std::int64_t> epochSecondsOf(std::string_view text, const ZoneClock& zone) {
    text = trimmed(text);
    const auto time = timestampOfText(text);
    if (!time || text.find_first_of(" T") == std::string_view::npos) return std::nullopt;
    return epochSeconds(floorDivide(*time, 1'000) * 1'000, zone);
}

Vector evaluateUnixTimestamp(const CallArgs& call) {
    if (call.args.empty()) {
        ColumnBuilder builder(call.call.type);
        builder.append(floorDivide(call.context.runStart, 1'000));
        return {builder.finish(), true, {}};
    }
    const ZoneClock zone(call.context.zone);
    const auto plain = [&zone](std::string_view text) { return epochSecondsOf(text, zone); };
    return readText<std::int64_t>(call, plain, [&zone](Instant time) { return epochSeconds(time, zone); });
}

}  // namespace

void addTimeTextFunctions(std::vector<ScalarFunction>& functions) {
    functions.push_back({"DATE_FORMAT", "DATE_FORMAT(t, pattern)",
                         RW_TEXT("sql", "The time as text, by a pattern like yyyy-MM-dd HH:mm:ss.SSS."),
                         "time", 2, 2, resolveFormat, evaluateFormat, true});
    functions.push_back({"TO_TIMESTAMP", "TO_TIMESTAMP(s [, pattern])",
                         RW_TEXT("sql", "The time that a text says; NULL when it says none."), "time", 1, 2,
                         readsText("TO_TIMESTAMP", timestampType()), evaluateToTimestamp, true});
    functions.push_back({"TO_DATE", "TO_DATE(s [, pattern])",
                         RW_TEXT("sql", "The date that a text says; NULL when it says none."), "time", 1, 2,
                         readsText("TO_DATE", dateType()), evaluateToDate, true});
    functions.push_back(
        {"UNIX_TIMESTAMP", "UNIX_TIMESTAMP([s [, pattern]])",
         RW_TEXT("sql", "Seconds since 1970 of a text in the pipeline's time zone, or of the start."), "time",
         0, 2, readsText("UNIX_TIMESTAMP", bigintType()), evaluateUnixTimestamp, true, false});
}

}  // namespace rw::sql
